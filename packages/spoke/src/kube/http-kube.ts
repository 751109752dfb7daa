import type { JsonObject } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { fieldManager } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { AccessFiles } from './access-files.ts';
import { classifyApply, classifyRemove } from './classify-answer.ts';
import { Discovery, failureOfRead } from './discovery.ts';
import { encodeBody } from './encode-body.ts';
import type {
  ApplyAnswer,
  ApplyOptions,
  Inhabitant,
  KindRef,
  KindVersion,
  Kube,
  ObjectMeta,
  ObjectRef,
  RemoveAnswer,
  RemoveCondition,
  RemoveOptions,
  Retry,
  Selection,
  ServerFacts,
  WatchEvent,
} from './kube.ts';
import { inspectServer } from './inspect-server.ts';
import { firstOf, listPages } from './list-pages.ts';
import { acceptJson, acceptMeta, acceptMetaList, applyPatch, jsonPatch, mergePatchType } from './media-types.ts';
import { objectPath, renderQuery } from './object-path.ts';
import { isDefinition } from './own-kinds.ts';
import { parseMeta } from './parse-meta.ts';
import { releasePatch } from './release-patch.ts';
import { isMissing, readStatus } from './status.ts';
import { Transport, type Answered, type HttpAnswer, type KubeRequest } from './transport.ts';
import { Watch } from './watch.ts';
import { WriteGate, type Verdict } from './write-gate.ts';

export interface HttpKubeInput {
  readonly url: string;
  /** Read again each minute and after a 401. */
  readonly tokenFile: string;
  readonly caFile: string;
  readonly log: Log;
  readonly clock: Clock;
  /** For the jitter of reconnects, from 0 to 1. */
  readonly random?: () => number;
  readonly onAnswer?: (answered: Answered) => void;
}

/** More at once would be no faster: each of them then only takes longer, and each needs a connection. */
const writesMax = 16;
/** More than there are of a kind in a namespace that is empty. */
const peekMax = 20;
/** The server waits 0.1 s for its caches with each grant, whatever the load. */
const grantsMax = 64;

/** The API server behind a URL. `close` drops the connections that are kept open; watches end by their signal. */
export function createHttpKube(input: HttpKubeInput): HttpKube {
  return new HttpKube(input);
}

export class HttpKube implements Kube {
  readonly #transport: Transport;
  readonly #discovery: Discovery;
  readonly #gate: WriteGate;
  /** Of grants the server waits for its own caches, so that they must not take the places of what it could do meanwhile. */
  readonly #grants: WriteGate;
  readonly #watchDeps: { readonly transport: Transport; readonly clock: Clock; readonly log: Log; readonly random: () => number };

  constructor({ url, tokenFile, caFile, log, clock, random = Math.random, onAnswer }: HttpKubeInput) {
    this.#transport = new Transport({ url, files: new AccessFiles({ tokenFile, caFile, clock }), clock, onAnswer });
    this.#discovery = new Discovery(this.#transport, clock);
    this.#gate = new WriteGate(clock, writesMax);
    this.#grants = new WriteGate(clock, grantsMax);
    this.#watchDeps = { transport: this.#transport, clock, log, random };
  }

  close(): void {
    this.#transport.close();
  }

  async apply(ref: ObjectRef, body: JsonObject, options: ApplyOptions, signal: AbortSignal): Promise<ApplyAnswer> {
    const answer = await this.#sendApply(ref, body, { ...options, accept: acceptMeta }, signal);
    if ('outcome' in answer) return answer;
    const { seenVersion } = options;
    return this.#noted(classifyApply(answer, { ref, ...(seenVersion === undefined ? {} : { seenVersion }) }));
  }

  async preview(ref: ObjectRef, body: JsonObject, signal: AbortSignal): Promise<JsonObject | undefined> {
    const answer = await this.#sendApply(ref, body, { dryRun: true, accept: acceptJson }, signal);
    const classified = 'outcome' in answer ? answer : classifyApply(answer, { ref });
    if (classified.outcome === 'retry') throw new CodedError('unavailable', classified.because);
    return 'meta' in classified && 'body' in answer ? (answer.body as JsonObject) : undefined;
  }

  async remove(
    ref: ObjectRef,
    { uid, resourceVersion }: RemoveCondition,
    signal: AbortSignal,
    { dryRun = false }: RemoveOptions = {},
  ): Promise<RemoveAnswer> {
    const preconditions = { uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
    const dry = dryRun ? { dryRun: ['All'] } : {};
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions, propagationPolicy: 'Background', ...dry };
    const sent = { method: 'DELETE', path: objectPath(ref), accept: acceptMeta, contentType: acceptJson, body: encodeBody(body) } as const;
    const answer = await this.#write(ref, sent, signal);
    if ('outcome' in answer) return answer;
    const classified = this.#noted(classifyRemove(answer, { ref, how: 'removed' }));
    return dryRun && classified.outcome === 'terminating' ? { outcome: 'removed' } : classified;
  }

  async release(ref: ObjectRef, meta: ObjectMeta, signal: AbortSignal): Promise<RemoveAnswer> {
    const patch = releasePatch(meta);
    if (patch === undefined) return { outcome: 'released' };
    const path = objectPath(ref) + renderQuery({ fieldManager });
    const answer = await this.#write(
      ref,
      { method: 'PATCH', path, accept: acceptMeta, contentType: jsonPatch, body: encodeBody(patch) },
      signal,
    );
    return 'outcome' in answer ? answer : this.#noted(classifyRemove(answer, { ref, how: 'released' }));
  }

  async patch(ref: ObjectRef, patch: JsonObject, signal: AbortSignal): Promise<ApplyAnswer> {
    const path = objectPath(ref) + renderQuery({ fieldManager });
    const answer = await this.#write(
      ref,
      { method: 'PATCH', path, accept: acceptMeta, contentType: mergePatchType, body: encodeBody(patch) },
      signal,
    );
    return 'outcome' in answer ? answer : classifyApply(answer, { ref });
  }

  async get(ref: ObjectRef, signal: AbortSignal): Promise<JsonObject | undefined> {
    const answer = await this.#transport.send({ method: 'GET', path: objectPath(ref), accept: acceptJson }, signal);
    if (answer.status === 200) {
      parseMeta(answer.body);
      return answer.body as JsonObject;
    }
    const status = readStatus(answer);
    // A kind that is not served has no objects either.
    if (isMissing(status, ref) || (answer.status === 404 && !status.isObject)) return undefined;
    throw failureOfRead(`get ${ref.kind.resource} ${ref.name}`, answer);
  }

  async list(kind: KindRef, selection: Selection, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const objects: JsonObject[] = [];
    const last = await listPages({ transport: this.#transport, kind, selection, accept: acceptJson }, signal, (object) =>
      objects.push(object),
    );
    if ('status' in last) throw failureOfRead(`list ${kind.resource}`, last);
    return objects;
  }

  async watch(kind: KindRef, selection: Selection, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void> {
    const told = (event: WatchEvent): void => {
      this.#discovery.onDefinition(event);
      onEvent(event);
    };
    try {
      await new Watch(this.#watchDeps, { kind, selection, onEvent: isDefinition(kind) ? told : onEvent }).run(signal);
    } catch (error) {
      if (isCoded(error, 'not-found')) this.#discovery.forget();
      throw error;
    }
  }

  kindOf(apiVersion: string, kind: string, signal: AbortSignal): Promise<KindRef | undefined> {
    return this.#discovery.kindOf(apiVersion, kind, signal);
  }

  servedAs(kind: KindVersion, signal: AbortSignal): Promise<KindRef | undefined> {
    return this.#discovery.servedAs(kind, signal);
  }

  kindsInNamespaces(signal: AbortSignal): Promise<readonly KindRef[]> {
    return this.#discovery.inNamespaces(signal);
  }

  async peek(kind: KindRef, namespace: string, signal: AbortSignal): Promise<readonly Inhabitant[]> {
    const listing = { transport: this.#transport, kind, selection: { namespace }, accept: acceptMetaList };
    const found = await firstOf(listing, peekMax, signal);
    if ('status' in found) throw failureOfRead(`list ${kind.resource} in ${namespace}`, found);
    return found.map((object) => parseMeta(object)).map(({ name, meta: { labels } }) => ({ name, labels }));
  }

  inspect(signal: AbortSignal): Promise<ServerFacts> {
    return inspectServer(this.#transport, this.#discovery, signal);
  }

  #sendApply(
    ref: ObjectRef,
    body: JsonObject,
    options: ApplyOptions & { readonly accept: string },
    signal: AbortSignal,
  ): Promise<HttpAnswer | Retry> {
    const query = renderQuery({
      fieldManager: options.fieldManager ?? fieldManager,
      force: options.force === false ? undefined : 'true',
      fieldValidation: 'Strict',
      dryRun: options.dryRun === true ? 'All' : undefined,
    });
    const path = objectPath(ref) + (options.subresource === undefined ? '' : `/${options.subresource}`) + query;
    const sent = { method: 'PATCH', path, accept: options.accept, contentType: applyPatch, body: encodeBody(body) } as const;
    return this.#write(ref, sent, signal);
  }

  /** What turned out not to be served is not believed to be. */
  #noted<A extends ApplyAnswer | RemoveAnswer>(answer: A): A {
    if (answer.outcome === 'refused' && answer.reason === 'NoSuchKind') this.#discovery.forget();
    return answer;
  }

  async #write(ref: ObjectRef, sent: KubeRequest, signal: AbortSignal): Promise<HttpAnswer | Retry> {
    const work = () => this.#transport.send(sent, signal);
    try {
      // Leadership must not wait behind a thousand applies.
      if (ref.kind.group === 'coordination.k8s.io') return await work();
      const gate = ref.kind.group === 'rbac.authorization.k8s.io' ? this.#grants : this.#gate;
      return await gate.run(work, judgeLoad, signal);
    } catch (error) {
      if (!isCoded(error)) throw error;
      return { outcome: 'retry', reason: 'Unreachable', because: error.message };
    }
  }
}

function judgeLoad({ status, retryAfterMs }: HttpAnswer): Verdict {
  if (status === 429) return { verdict: 'overloaded', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return { verdict: status === 503 || status === 504 ? 'failed' : 'answered' };
}
