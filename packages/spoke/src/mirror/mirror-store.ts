import type { HeldDocument } from '@accord/core/desired/desired-set';
import { fingerprint } from '@accord/core/drift/fingerprint';
import { canonicalBytes, equalBytes, isObject, sha256, type JsonObject } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { openSignedStatement } from '@accord/proto/document';
import type { PolicyName } from '@accord/proto/ids';
import { fieldManager, statementAnnotation } from '@accord/proto/labels';
import type { Member } from '@accord/proto/member';
import type { TrustedKeys } from '@accord/proto/seal';
import { decodeToken, parseDesired } from '@accord/proto/subjects';
import type { Log } from '@accord/runtime/log';
import type { ApplyAnswer, Kube, ObjectMeta, ObjectRef, WatchEvent } from '../kube/kube.ts';
import { clusterKind, clusterPolicyKind } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';

export interface MirrorDeps {
  readonly kube: Kube;
  readonly keys: () => TrustedKeys;
  readonly log: Log;
  /** Somebody changed or removed this mirror; it is to be written again. */
  readonly onForeignChange: (policy: PolicyName) => void;
  /** What the mirror says in its status, when it is loaded. Whoever may write it is believed no further than a count goes. */
  readonly onStatus?: (policy: PolicyName, status: JsonObject) => void;
}

export type MirrorAnswer = Exclude<ApplyAnswer, { readonly outcome: 'adoptable' }>;

interface Written {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly print: string | undefined;
  readonly statement: string;
}

/**
 * The mirrors in this cluster: what the hub signed, readable with kubectl, and the store from which a restarted spoke enforces.
 *
 * A mirror is believed only as far as its signature and digest reach: an edited one enforces nothing and is written again.
 */
export class MirrorStore {
  readonly #deps: MirrorDeps;
  readonly #written = new Map<PolicyName, Written>();
  /** The last request for each mirror that is on its way: two for the same one go one after the other. */
  readonly #turns = new Map<PolicyName, Promise<unknown>>();

  constructor(deps: MirrorDeps) {
    this.#deps = deps;
  }

  /** To be called before the watch starts: all policy mirrors that verify. The others are left for the first pass to write again. */
  async load(signal: AbortSignal): Promise<readonly HeldDocument[]> {
    const objects = await this.#deps.kube.list(clusterPolicyKind, {}, signal);
    // The mirror may be all that is left of its policy, and the pass that removes it may come before the watch has shown it.
    for (const object of objects) {
      const { name, meta } = parseMeta(object);
      this.#written.set(name as PolicyName, { ...writtenOf(meta), statement: '' });
      const { status } = object;
      if (isObject(status)) this.#deps.onStatus?.(name as PolicyName, status);
    }
    return objects.flatMap((object) => this.#open(object) ?? []);
  }

  /** Writes the mirror of the document that is wanted when its turn comes, unless it stands there already. A refusal is returned. */
  write(policy: PolicyName, wanted: () => HeldDocument | undefined, signal: AbortSignal): Promise<MirrorAnswer | undefined> {
    return this.#inTurn(policy, async () => {
      const document = wanted();
      return document === undefined ? undefined : this.#write(policy, document, signal);
    });
  }

  async #inTurn<T>(policy: PolicyName, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(policy) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(policy, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(policy) === turn) this.#turns.delete(policy);
    }
  }

  async #write(policy: PolicyName, document: HeldDocument, signal: AbortSignal): Promise<MirrorAnswer | undefined> {
    const statement = Buffer.from(document.signedStatement).toString('base64');
    if (this.#written.get(policy)?.statement === statement) return undefined;
    const { spec } = JSON.parse(new TextDecoder().decode(document.body)) as { readonly spec: JsonObject };
    const { epoch, revision, step } = document.statement;
    const body = {
      apiVersion: 'accord.dev/v1alpha1',
      kind: 'ClusterPolicy',
      metadata: { name: policy, annotations: { [statementAnnotation]: statement } },
      spec: { ...spec, epoch, revision, ...(step === 0 ? {} : { step }) },
    };
    const answer = await this.#deps.kube.apply(policyRef(policy), body, {}, signal);
    if (answer.outcome === 'adoptable') throw new CodedError('unsupported', 'the API server answered a mirror like a managed object');
    if ('meta' in answer) this.#keep(policy, writtenOf(answer.meta), statement);
    return answer;
  }

  /** The watch may have shown something newer than the answer: our own status, which changes nothing, or the edit of somebody else. */
  #keep(policy: PolicyName, written: Omit<Written, 'statement'>, statement: string): void {
    const shown = this.#written.get(policy);
    const isOvertaken = shown !== undefined && shown.uid === written.uid && BigInt(shown.resourceVersion) > BigInt(written.resourceVersion);
    if (!isOvertaken) return void this.#written.set(policy, { ...written, statement });
    const isOurs = shown.print === written.print;
    this.#written.set(policy, { ...shown, statement: isOurs ? statement : '' });
    if (!isOurs) this.#deps.onForeignChange(policy);
  }

  remove(policy: PolicyName, signal: AbortSignal): Promise<void> {
    return this.#inTurn(policy, () => this.#remove(policy, signal));
  }

  async #remove(policy: PolicyName, signal: AbortSignal): Promise<void> {
    const written = this.#written.get(policy);
    if (written === undefined) return;
    // Whatever its version is by now: our own status writes move it on, and nothing in a mirror is worth keeping.
    const answer = await this.#deps.kube.remove(policyRef(policy), { uid: written.uid }, signal);
    if (answer.outcome === 'removed' || answer.outcome === 'absent') this.#written.delete(policy);
    else throw new CodedError('unavailable', `mirror ${policy} was not removed: ${'because' in answer ? answer.because : answer.outcome}`);
  }

  holds(policy: PolicyName): boolean {
    return this.#written.has(policy);
  }

  uidOf(policy: PolicyName): string | undefined {
    return this.#written.get(policy)?.uid;
  }

  policies(): Iterable<PolicyName> {
    return this.#written.keys();
  }

  /** The record of a cluster: of this one itself, or of another member of its sets. */
  async writeCluster(member: Pick<Member, 'cluster' | 'revision'>, document: HeldDocument, signal: AbortSignal): Promise<ApplyAnswer> {
    const { cluster, revision } = member;
    const { epoch, step } = document.statement;
    const annotations = { [statementAnnotation]: Buffer.from(document.signedStatement).toString('base64') };
    const body = {
      apiVersion: 'accord.dev/v1alpha1',
      kind: 'Cluster',
      metadata: { name: cluster.name, labels: cluster.labels, annotations },
      spec: { ...(cluster.spec as unknown as JsonObject), clusterID: cluster.id, epoch, revision, ...(step === 0 ? {} : { step }) },
    };
    const ref = clusterRef(cluster.name);
    const answer = await this.#deps.kube.apply(ref, body, {}, signal);
    if (answer.outcome !== 'refused' || answer.reason !== 'Immutable') return answer;
    await this.#removeFormer(ref, cluster.id, signal);
    return this.#deps.kube.apply(ref, body, {}, signal);
  }

  /** A cluster that joined again has another id, and the record of its former self may not be changed into it. */
  async #removeFormer(ref: ObjectRef, id: string, signal: AbortSignal): Promise<void> {
    const object = await this.#deps.kube.get(ref, signal);
    if (object === undefined || (object['spec'] as JsonObject | undefined)?.['clusterID'] === id) return;
    await this.#deps.kube.remove(ref, parseMeta(object).meta, signal);
  }

  /** Takes what the watch of ClusterPolicies shows. */
  onEvent(event: WatchEvent): void {
    if (event.type === 'listed') return;
    const policy = event.ref.name as PolicyName;
    const written = this.#written.get(policy);
    if (event.type === 'gone') {
      if (written?.uid !== event.meta.uid) return;
      this.#written.delete(policy);
      return this.#deps.onForeignChange(policy);
    }
    const shown = writtenOf(event.meta);
    if (written === undefined) return void this.#written.set(policy, { ...shown, statement: '' });
    if (BigInt(shown.resourceVersion) <= BigInt(written.resourceVersion)) return;
    const isOurs = shown.uid === written.uid && shown.print === written.print;
    // Our own status writes move the version on as well, and a removal must name the newest.
    this.#written.set(policy, { ...shown, statement: isOurs ? written.statement : '' });
    if (!isOurs) this.#deps.onForeignChange(policy);
  }

  #open(object: JsonObject): HeldDocument | undefined {
    const metadata = object['metadata'] as { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
    try {
      const signedStatement = new Uint8Array(Buffer.from(metadata.annotations?.[statementAnnotation] ?? '', 'base64'));
      const statement = openSignedStatement(signedStatement, this.#deps.keys());
      const { epoch: _epoch, revision: _revision, step: _step, ...spec } = object['spec'] as JsonObject;
      const body = canonicalBytes({ metadata: { name: metadata.name }, spec });
      const doc = parseDesired(statement.subject)?.doc;
      const isOurs = doc !== undefined && decodeToken(doc) === metadata.name && equalBytes(sha256(body), statement.specDigest);
      if (isOurs) return { statement, body, signedStatement, receivedMs: 0, verifiedMs: 0 };
    } catch (error) {
      if (!isCoded(error)) throw error;
    }
    this.#deps.log.warn('a mirror was edited or is not signed; it enforces nothing and is written again', { policy: metadata.name });
    return undefined;
  }
}

export function policyRef(policy: PolicyName): ObjectRef {
  return { kind: clusterPolicyKind, namespace: undefined, name: policy };
}

export function clusterRef(name: string): ObjectRef {
  return { kind: clusterKind, namespace: undefined, name };
}

function writtenOf(meta: ObjectMeta): Omit<Written, 'statement'> {
  return { uid: meta.uid, resourceVersion: meta.resourceVersion, print: printOf(meta) };
}

function printOf(meta: ObjectMeta): string | undefined {
  return fingerprint(meta.managedFields, fieldManager);
}
