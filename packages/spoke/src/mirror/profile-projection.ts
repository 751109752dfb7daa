import { managerLabel, managerName } from '@accord/core/registry/cluster-profile';
import { planProfile } from '@accord/core/registry/plan-profile';
import { renderTrouble, type ProfileTrouble } from '@accord/core/registry/profile-troubles';
import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import { unsettledOf } from '@accord/runtime/for-each-limited';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube } from '../kube/kube.ts';
import type { MembersByName } from './members-by-name.ts';
import { findProfileKind, type ProfileKind } from './profile-kind.ts';
import { ProfileNamespace } from './profile-namespace.ts';
import { ProfileWriter, type ProfileAnswer } from './profile-writer.ts';

export interface ProfileProjectionDeps {
  readonly kube: Kube;
  readonly members: MembersByName;
  readonly ownId: ClusterId;
  /** What the record of this cluster says; undefined while there is none. */
  readonly namespaces: () => readonly string[] | undefined;
  /** Only then does silence about a cluster mean that it left. */
  readonly knowsMembers: () => boolean;
  readonly mayWrite: () => boolean;
  readonly onAlarms: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

const inFlightMax = 4;
/** In a summary; when these are dealt with, the next are named. */
const alarmsMax = 20;

/**
 * Writes each member of the sets of this cluster, itself among them, as a ClusterProfile into the namespaces that people chose.
 *
 * Keys of the loop are a namespace, and `namespace/name` for each profile in it. A namespace is read before anything is written there.
 */
export class ProfileProjection {
  readonly #deps: ProfileProjectionDeps;
  readonly #open = new Map<string, ProfileNamespace>();
  /** Namespaces that were written into, now or by a former process, and may hold something of ours. */
  readonly #used = new Set<string>();
  readonly #troubles = new Map<string, string>();
  readonly #writer: ProfileWriter;
  #kind: ProfileKind | undefined;
  readonly loop: Loop<string>;

  constructor(deps: ProfileProjectionDeps) {
    this.#deps = deps;
    const { kube, clock, log } = deps;
    this.#writer = new ProfileWriter({ kube, clock });
    this.loop = new Loop<string>({
      name: 'profiles',
      pass: (keys, signal) => unsettledOf(keys, inFlightMax, (key) => this.#settle(key, signal)),
      allKeys: () => this.#allKeys(),
      everythingMs: 300_000,
      retryMsFirst: 200,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** To be called before it runs: where a former process has written. */
  restore(namespaces: readonly string[]): void {
    for (const namespace of namespaces) this.#used.add(namespace);
  }

  /** Where something of ours may stand. */
  usedNamespaces(): readonly string[] {
    return [...this.#used].toSorted();
  }

  alarms(): readonly string[] {
    return [...this.#troubles.values()].toSorted().slice(0, alarmsMax);
  }

  /** What is known of clusters of these names changed, or all members are known now. */
  onMembers(changed: Iterable<string>): void {
    const { members, knowsMembers } = this.#deps;
    const names = new Set(changed);
    for (const [namespace, open] of this.#open) {
      // What was left over from before may go as soon as everything is known.
      const left = knowsMembers() ? open.names().filter((name) => members.get(name) === undefined) : [];
      for (const name of names.union(new Set(left))) this.loop.mark(`${namespace}/${name}`);
    }
  }

  /** The record of this cluster may say something else. */
  onMember(): void {
    for (const key of this.#allKeys()) this.loop.mark(key);
  }

  /** A kind may be served now that was not before. */
  onDefinitions(): void {
    for (const key of this.#troubles.keys()) this.loop.mark(key);
  }

  *#allKeys(): Generator<string> {
    const { members, namespaces } = this.#deps;
    for (const namespace of new Set([...(namespaces() ?? []), ...this.#used])) {
      yield namespace;
      const there = this.#open.get(namespace)?.names() ?? [];
      for (const name of new Set([...members.names(), ...there])) if (this.#open.has(namespace)) yield `${namespace}/${name}`;
    }
  }

  async #settle(key: string, signal: AbortSignal): Promise<boolean> {
    const { namespaces, mayWrite, log } = this.#deps;
    const projected = namespaces();
    if (projected === undefined || !mayWrite()) return false;
    const [namespace = '', name] = key.split('/');
    try {
      const isProjected = projected.includes(namespace);
      return name === undefined ? await this.#openOrClose(namespace, isProjected, signal) : await this.#keep(key, isProjected, signal);
    } catch (error) {
      if (!isCoded(error)) throw error;
      if (error.code === 'forbidden') return this.#withoutPermission(namespace, projected.includes(namespace));
      log.warn('ClusterProfiles were not looked at', { namespace, code: error.code, because: error.message });
      return false;
    }
  }

  #withoutPermission(namespace: string, isProjected: boolean): boolean {
    if (isProjected) return this.#tell(namespace, namespace, { trouble: 'no-permission' });
    const how = `kubectl delete clusterprofiles -n ${namespace} -l ${managerLabel}=${managerName}`;
    this.#deps.log.warn('ClusterProfiles that are left over may not be removed by the spoke', { namespace, how });
    return this.#forget(namespace);
  }

  async #openOrClose(namespace: string, isProjected: boolean, signal: AbortSignal): Promise<boolean> {
    const { kube, members, clock, log } = this.#deps;
    if (!isProjected && !this.#used.has(namespace)) return this.#forget(namespace);
    const open = this.#open.get(namespace);
    if (open !== undefined) return isProjected || this.#closeIfEmpty(namespace, open);
    this.#kind ??= await findProfileKind(kube, signal);
    // Without the kind there is nothing of ours either.
    if (this.#kind === undefined) return isProjected ? this.#tell(namespace, namespace, { trouble: 'no-kind' }) : this.#forget(namespace);
    const onChange = (name: string): void => this.loop.mark(`${namespace}/${name}`);
    const opened = new ProfileNamespace({ kube, kind: this.#kind.kind, namespace, onChange, clock, log });
    await opened.open(signal);
    this.#used.add(namespace);
    this.#open.set(namespace, opened);
    this.#tell(namespace, namespace, undefined);
    for (const name of [...members.names(), ...opened.names()]) onChange(name);
    return isProjected || this.#closeIfEmpty(namespace, opened);
  }

  #closeIfEmpty(namespace: string, open: ProfileNamespace): boolean {
    const isOurs = (name: string): boolean => this.#plan(open, name, false) === 'remove';
    if (open.names().some(isOurs)) return false;
    open.close();
    this.#open.delete(namespace);
    return this.#forget(namespace);
  }

  #forget(namespace: string): true {
    this.#used.delete(namespace);
    for (const key of this.#troubles.keys()) if (key.split('/')[0] === namespace) this.#tell(key, namespace, undefined);
    return true;
  }

  #plan(open: ProfileNamespace, name: string, isProjected: boolean) {
    const { members, knowsMembers } = this.#deps;
    const isWanted = members.get(name) !== undefined;
    return planProfile({ standing: open.meta(name)?.labels, isWanted, isProjected, knowsMembers: knowsMembers() });
  }

  async #keep(key: string, isProjected: boolean, signal: AbortSignal): Promise<boolean> {
    const [namespace = '', name = ''] = key.split('/');
    const open = this.#open.get(namespace);
    const record = this.#deps.members.get(name)?.record;
    if (open === undefined || this.#kind === undefined) return true;
    const at = { kind: this.#kind, open, namespace, name };
    switch (this.#plan(open, name, isProjected)) {
      case 'nothing':
        this.#tell(key, namespace, undefined);
        return true;
      case 'foreign':
        this.#tell(key, namespace, this.#writer.foreign(at));
        return true;
      case 'remove':
        return this.#after(key, namespace, await this.#writer.remove(at, signal));
      case 'write':
        if (record === undefined) return true;
        return this.#after(
          key,
          namespace,
          await this.#writer.write({ ...at, record, isSelf: record.cluster.id === this.#deps.ownId }, signal),
        );
    }
  }

  #after(key: string, namespace: string, answer: ProfileAnswer): boolean {
    if (answer.outcome === 'waits') return false;
    if (answer.outcome === 'done') {
      this.#tell(key, namespace, undefined);
      this.#tell(namespace, namespace, undefined);
      return true;
    }
    // Of a namespace that everything is refused in, one sentence is enough.
    const isOfNamespace = answer.trouble.trouble.startsWith('no-');
    if (answer.trouble.trouble === 'no-kind') this.#loseKind();
    return this.#tell(isOfNamespace ? namespace : key, namespace, answer.trouble);
  }

  #loseKind(): void {
    this.#kind = undefined;
    for (const [namespace, open] of this.#open) {
      open.close();
      this.loop.mark(namespace);
    }
    this.#open.clear();
    this.#writer.forget();
  }

  /** Always false, for a trouble is not settled. */
  #tell(key: string, namespace: string, trouble: ProfileTrouble | undefined): false {
    const text = trouble === undefined ? undefined : renderTrouble(namespace, trouble);
    if (this.#troubles.get(key) === text) return false;
    if (text === undefined) this.#troubles.delete(key);
    else this.#troubles.set(key, text);
    if (text !== undefined) this.#deps.log.warn('ClusterProfiles are not projected', { namespace, because: text });
    this.#deps.onAlarms();
    return false;
  }
}
