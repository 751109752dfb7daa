import type { HeldDocument } from '@accord/core/desired/desired-set';
import { fingerprint } from '@accord/core/drift/fingerprint';
import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { fieldManager, statusFieldManager } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import { unsettledOf } from '@accord/runtime/for-each-limited';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { ApplyAnswer, Kube, ObjectMeta, WatchEvent } from '../kube/kube.ts';
import type { MembersByName, NamedMember } from './members-by-name.ts';
import { clusterRef, type MirrorStore } from './mirror-store.ts';
import { recordStatus } from './record-status.ts';

export interface RegistryMirrorDeps {
  readonly kube: Pick<Kube, 'apply' | 'remove'>;
  readonly mirrors: Pick<MirrorStore, 'writeCluster'>;
  readonly members: MembersByName;
  readonly ownId: ClusterId;
  /** The Cluster object of this cluster itself is not kept here. */
  readonly ownName: () => string | undefined;
  /** Only then may a mirror go that no record speaks of. */
  readonly knowsMembers: () => boolean;
  readonly mayWrite: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Few: a fleet that comes up has many of them, and policies go first. */
const inFlightMax = 4;

/** Keeps a Cluster object for each other member of the sets of this cluster, so that applications find them with kubectl alone. */
export class RegistryMirror {
  readonly #deps: RegistryMirrorDeps;
  readonly #shown = new Map<string, ObjectMeta>();
  /** What stands there by our own last write. */
  readonly #written = new Map<string, { readonly document: HeldDocument; readonly print: string }>();
  readonly #busy = new Set<string>();
  /** Went while a request of ours was on its way: its answer may show what is gone. */
  readonly #lost = new Set<string>();
  readonly loop: Loop<string>;

  constructor(deps: RegistryMirrorDeps) {
    this.#deps = deps;
    const { members, clock, log } = deps;
    this.loop = new Loop<string>({
      name: 'registry',
      pass: (names, signal) => unsettledOf(names, inFlightMax, (name) => this.#keep(name, signal)),
      allKeys: () => new Set([...members.names(), ...this.#shown.keys()]),
      everythingMs: 300_000,
      retryMsFirst: 200,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** What is known of clusters of these names changed, or all members are known now. */
  onMembers(names: Iterable<string>): void {
    for (const name of names) this.loop.mark(name);
    // What was left over from before may go as soon as everything is known.
    if (this.#deps.knowsMembers()) for (const name of this.#shown.keys()) if (this.#other(name) === undefined) this.loop.mark(name);
  }

  onEvent(event: WatchEvent): void {
    if (event.type === 'listed') return this.onMembers([]);
    const { name } = event.ref;
    if (event.type === 'present') this.#shown.set(name, event.meta);
    else if (this.#shown.delete(name) && this.#busy.has(name)) this.#lost.add(name);
    if (!this.#busy.has(name) && !this.#isAsWritten(name)) this.loop.mark(name);
  }

  /** Undefined also for this cluster itself: its object is kept elsewhere. */
  #other(name: string): NamedMember | undefined {
    const member = this.#deps.members.get(name);
    return member?.record.cluster.id === this.#deps.ownId ? undefined : member;
  }

  async #keep(name: string, signal: AbortSignal): Promise<boolean> {
    if (!this.#deps.mayWrite()) return false;
    this.#busy.add(name);
    try {
      const member = this.#other(name);
      return member === undefined ? await this.#remove(name, signal) : await this.#write(name, member, signal);
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#deps.log.warn('a member of the registry was not written', { cluster: name, because: error.message });
      return false;
    } finally {
      this.#busy.delete(name);
      this.#lost.delete(name);
    }
  }

  async #write(name: string, { record, document }: NamedMember, signal: AbortSignal): Promise<boolean> {
    const { kube, mirrors, log } = this.#deps;
    if (this.#written.get(name)?.document === document && this.#isAsWritten(name)) return true;
    const written = await mirrors.writeCluster({ cluster: record.cluster, revision: document.statement.revision }, document, signal);
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'Cluster', metadata: { name }, status: recordStatus(record.status) };
    const options = { fieldManager: statusFieldManager, subresource: 'status' } as const;
    const answer: ApplyAnswer = 'meta' in written ? await kube.apply(clusterRef(name), body, options, signal) : written;
    if (!('meta' in answer)) {
      log.warn('a member of the registry was not written', { cluster: name, because: answer.because });
      return false;
    }
    this.#written.set(name, { document, print: printOf(answer.meta) });
    // Somebody may have written between our answer and now, or taken it away.
    const shown = this.#shown.get(name);
    if (shown === undefined && this.#lost.has(name)) return false;
    if (shown !== undefined && BigInt(shown.resourceVersion) > BigInt(answer.meta.resourceVersion)) return this.#isAsWritten(name);
    this.#shown.set(name, answer.meta);
    return true;
  }

  async #remove(name: string, signal: AbortSignal): Promise<boolean> {
    const { kube, knowsMembers, ownName } = this.#deps;
    const shown = this.#shown.get(name);
    if (shown === undefined || !knowsMembers() || name === ownName()) return true;
    const answer = await kube.remove(clusterRef(name), { uid: shown.uid }, signal);
    const isGone = answer.outcome === 'removed' || answer.outcome === 'absent';
    if (isGone) this.#written.delete(name);
    return isGone;
  }

  #isAsWritten(name: string): boolean {
    const [shown, written] = [this.#shown.get(name), this.#written.get(name)];
    return shown !== undefined && written !== undefined && printOf(shown) === written.print;
  }
}

/** Changes when anybody else writes to what we wrote, in the object or in its status. */
function printOf({ uid, managedFields }: ObjectMeta): string {
  return `${uid} ${fingerprint(managedFields, fieldManager)} ${fingerprint(managedFields, statusFieldManager, 'status')}`;
}
