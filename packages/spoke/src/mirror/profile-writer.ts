import { profileBody, profileStatus } from '@accord/core/registry/cluster-profile';
import { refilled, type Credit } from '@accord/core/registry/credit';
import { managerOf } from '@accord/core/registry/plan-profile';
import type { ProfileTrouble } from '@accord/core/registry/profile-troubles';
import { fingerprint } from '@accord/core/drift/fingerprint';
import { canonicalJson, equalJson, type JsonObject } from '@accord/proto/canonical';
import { fieldManager, statusFieldManager } from '@accord/proto/labels';
import type { RegistryRecord } from '@accord/proto/record';
import type { Clock } from '@accord/runtime/clock';
import type { ApplyAnswer, Kube, ObjectMeta, ObjectRef, Refused, Retry } from '../kube/kube.ts';
import { apiVersionOf } from '../kube/own-kinds.ts';
import type { ProfileKind } from './profile-kind.ts';
import type { ProfileNamespace } from './profile-namespace.ts';

export interface ProfileAt {
  readonly kind: ProfileKind;
  readonly open: ProfileNamespace;
  readonly namespace: string;
  readonly name: string;
}

interface ProfileWrite extends ProfileAt {
  readonly record: RegistryRecord;
  readonly isSelf: boolean;
}

export type ProfileAnswer =
  | { readonly outcome: 'done' }
  /** For its turn, or for an API server that is away. */
  | { readonly outcome: 'waits' }
  | { readonly outcome: 'refused'; readonly trouble: ProfileTrouble };

/** What stands there by our own last write. */
interface Written {
  readonly body: string;
  readonly print: string | undefined;
  readonly status: JsonObject;
  readonly statusPrint: string | undefined;
}

/** One profile is written so often at most, whatever its cluster says and whoever edits it: all consumers of a fleet watch them. */
export const profileRule = { max: 4, everyMs: 30_000 };
const done = { outcome: 'done' } as const;
const waits = { outcome: 'waits' } as const;

/** Carries out what was decided about one ClusterProfile, and knows what needs no request. */
export class ProfileWriter {
  readonly #kube: Pick<Kube, 'apply' | 'remove'>;
  readonly #clock: Clock;
  readonly #written = new Map<string, Written>();
  readonly #credits = new Map<string, Credit>();

  constructor({ kube, clock }: { readonly kube: Pick<Kube, 'apply' | 'remove'>; readonly clock: Clock }) {
    this.#kube = kube;
    this.#clock = clock;
  }

  forget(): void {
    this.#written.clear();
  }

  foreign({ open, name }: ProfileAt): ProfileTrouble {
    return { trouble: 'foreign', name, owner: managerOf(open.meta(name)?.labels) };
  }

  async remove(at: ProfileAt, signal: AbortSignal): Promise<ProfileAnswer> {
    const meta = at.open.meta(at.name);
    if (meta === undefined) return done;
    const answer = await this.#kube.remove(refOf(at), { uid: meta.uid }, signal);
    if (answer.outcome === 'refused' || answer.outcome === 'retry') return troubleOf(at.name, answer);
    const key = `${at.namespace}/${at.name}`;
    this.#written.delete(key);
    this.#credits.delete(key);
    at.open.drop(at.name, meta);
    return done;
  }

  async write(at: ProfileWrite, signal: AbortSignal): Promise<ProfileAnswer> {
    const key = `${at.namespace}/${at.name}`;
    const wanted = this.#wanted(at);
    const isBodyRight = this.#isBodyRight(at, wanted.body);
    if (isBodyRight && this.#isStatusRight(at, wanted.status)) return done;
    const credit = refilled(this.#credits.get(key), profileRule, this.#clock.now());
    this.#credits.set(key, credit);
    if (credit.left < 1) return waits;
    this.#credits.set(key, { ...credit, left: credit.left - 1 });
    if (!isBodyRight) {
      const answer = await this.#apply(at, wanted.body, { fieldManager }, signal);
      if (!('meta' in answer)) return answer;
      const before = this.#written.get(key);
      const print = fingerprint(answer.meta.managedFields, fieldManager);
      this.#written.set(key, { status: {}, statusPrint: undefined, ...before, body: canonicalJson(wanted.body), print });
    }
    return this.#isStatusRight(at, wanted.status) ? done : this.#writeStatus(at, wanted.status, signal);
  }

  async #writeStatus(at: ProfileWrite, status: JsonObject, signal: AbortSignal): Promise<ProfileAnswer> {
    const answer = await this.#apply(at, { status }, { fieldManager: statusFieldManager, subresource: 'status' }, signal);
    if (!('meta' in answer)) return answer;
    this.#keepStatus(at, status, answer.meta);
    return done;
  }

  #keepStatus(at: ProfileWrite, status: JsonObject, meta: ObjectMeta): void {
    const key = `${at.namespace}/${at.name}`;
    at.open.keepStatus(at.name, status);
    const statusPrint = fingerprint(meta.managedFields, statusFieldManager, 'status');
    this.#written.set(key, { body: '', print: undefined, ...this.#written.get(key), status, statusPrint });
  }

  #wanted({ kind, open, name, record, isSelf }: ProfileWrite): { readonly body: JsonObject; readonly status: JsonObject } {
    const before = open.found(name).conditions;
    const status = profileStatus({ record, isSelf, accessField: kind.accessField, before, nowMs: this.#clock.now() });
    return { body: profileBody(record), status };
  }

  #isBodyRight({ open, namespace, name }: ProfileWrite, body: JsonObject): boolean {
    const [meta, written] = [open.meta(name), this.#written.get(`${namespace}/${name}`)];
    if (meta === undefined || written?.print === undefined || written.body !== canonicalJson(body)) return false;
    return fingerprint(meta.managedFields, fieldManager) === written.print;
  }

  /** Also when it was written by a former process: after a restart of the spoke nothing is new. */
  #isStatusRight(at: ProfileWrite, status: JsonObject): boolean {
    const meta = at.open.meta(at.name);
    if (meta === undefined) return false;
    const print = fingerprint(meta.managedFields, statusFieldManager, 'status');
    const written = this.#written.get(`${at.namespace}/${at.name}`);
    if (written?.statusPrint !== undefined) return print === written.statusPrint && equalJson(written.status, status);
    if (print === undefined || !equalJson(at.open.found(at.name).status, status)) return false;
    this.#keepStatus(at, status, meta);
    return true;
  }

  async #apply(
    at: ProfileAt,
    part: JsonObject,
    options: { readonly fieldManager: string; readonly subresource?: 'status' },
    signal: AbortSignal,
  ): Promise<{ readonly meta: ObjectMeta } | ProfileAnswer> {
    const { kind } = at.kind;
    const metadata = { ...(part['metadata'] as JsonObject | undefined), name: at.name, namespace: at.namespace };
    const body = { apiVersion: apiVersionOf(kind), kind: kind.kind, ...part, metadata };
    const answer: ApplyAnswer = await this.#kube.apply(refOf(at), body, options, signal);
    if (answer.outcome === 'adoptable') return { outcome: 'refused', trouble: this.foreign(at) };
    if (!('meta' in answer)) return troubleOf(at.name, answer);
    at.open.keep(at.name, answer.meta);
    return { meta: answer.meta };
  }
}

function refOf({ kind, namespace, name }: ProfileAt): ObjectRef {
  return { kind: kind.kind, namespace, name };
}

function troubleOf(name: string, answer: Refused | Retry): ProfileAnswer {
  if (answer.outcome === 'retry') return waits;
  return { outcome: 'refused', trouble: troubleOfRefusal(name, answer) };
}

function troubleOfRefusal(name: string, { reason, because }: Refused): ProfileTrouble {
  switch (reason) {
    case 'NoSuchKind':
      return { trouble: 'no-kind' };
    case 'NamespaceMissing':
      return { trouble: 'no-namespace' };
    case 'Forbidden':
      return { trouble: 'no-permission' };
    case 'NotOurs':
      return { trouble: 'foreign', name, owner: managerOf(undefined) };
    default:
      return { trouble: 'refused', name, because };
  }
}
