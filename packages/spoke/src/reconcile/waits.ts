import { deletionRemains } from '@accord/core/apply/deletion-remains';
import { unreadiness, type Unreadiness } from '@accord/core/apply/readiness';
import { isHeal } from '@accord/core/apply/plan-apply';
import type { ObjectResult, Trouble } from '@accord/core/apply/report-policy';
import { waitOrder, type WaitOrder } from '@accord/core/apply/wait-order';
import type { Intent } from '@accord/core/desired/intent';
import type { JsonObject } from '@accord/proto/canonical';
import { keyParts, renderKey, type ObjectKey } from '@accord/proto/ids';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { ApplyAnswer, Kube } from '../kube/kube.ts';
import { namespaceKind } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import type { Awaited } from './awaited.ts';
import { unanswered, unreadable } from './read-trouble.ts';
import { noSuchKind, refOf } from './ref-of.ts';

export interface WaitsDeps {
  readonly kube: Kube;
  readonly owned: OwnedObjects;
  readonly awaited: Awaited;
}

/** What the objects of the pass have come to so far. */
interface SoFar {
  readonly results: ReadonlyMap<ObjectKey, ObjectResult>;
  readonly created: ReadonlySet<ObjectKey>;
  readonly changed: ReadonlySet<ObjectKey>;
}

/**
 * What objects of one pass wait for: earlier ones of their policy that are not ready, and the definition of their kind.
 *
 * Nothing sleeps here: who waits is told to try again, and is woken by the watch. Each object is looked at once in a pass, and only where something waits.
 */
export class Waits {
  readonly #deps: WaitsDeps;
  readonly #order: WaitOrder;
  readonly #soFar: SoFar;
  readonly #leaving = new Map<string, Promise<JsonObject | undefined>>();
  readonly #looks = new Map<ObjectKey, Promise<Unreadiness | undefined | Trouble>>();

  constructor(deps: WaitsDeps, intents: Iterable<Intent>, soFar: SoFar) {
    this.#deps = deps;
    this.#order = waitOrder(intents);
    this.#soFar = soFar;
  }

  /** Why the object cannot be applied yet. A heal waits for nothing. */
  async before(intent: Intent, signal: AbortSignal): Promise<Trouble | undefined> {
    const { owned } = this.#deps;
    const earlier = this.#order.before(intent);
    if (earlier.length === 0 || isHeal(intent, owned.get(intent.key), owned)) return undefined;
    const troubles = await Promise.all(earlier.map((other) => this.#waitFor(other, intent, signal)));
    return troubles.find((trouble) => trouble !== undefined);
  }

  /** What the answer means for an object whose definition is wanted as well, which the server may not have taken in yet, or whose namespace goes. */
  async judge(intent: Intent, answer: ApplyAnswer | ObjectResult, signal: AbortSignal): Promise<ApplyAnswer | ObjectResult> {
    if (!('reason' in answer)) return answer;
    if (answer.reason === 'NamespaceTerminating') return { ...answer, because: await this.#remains(intent.key, answer.because, signal) };
    const definition = this.#order.definitionOf(intent.key);
    if (answer.reason === 'NoSuchKind') {
      if (definition !== undefined && this.#isIn(definition))
        return (await this.#waitFor(definition, intent, signal)) ?? notServedYet(intent);
      return noSuchKind(String(intent.body['apiVersion']), String(intent.body['kind']));
    }
    const isNew = definition !== undefined && this.#isWritten(definition.key);
    // It was judged by the definition as it was before.
    return isNew && answer.reason === 'Invalid' && answer.outcome === 'refused'
      ? { ...notServedYet(intent), because: answer.because }
      : answer;
  }

  /** What keeps the namespace of this object. The server says only that it goes; that much stands where it cannot be read. */
  async #remains(key: ObjectKey, otherwise: string, signal: AbortSignal): Promise<string> {
    const { namespace } = keyParts(key);
    const look =
      this.#leaving.get(namespace) ?? this.#deps.kube.get({ kind: namespaceKind, namespace: undefined, name: namespace }, signal);
    this.#leaving.set(namespace, look);
    try {
      const live = await look;
      const isLeaving = live !== undefined && parseMeta(live).meta.deletionTimestamp !== undefined;
      return !isLeaving ? otherwise : `Namespace ${namespace} ${deletionRemains(live)}`;
    } catch (error) {
      unanswered(error);
      return otherwise;
    }
  }

  /** Nobody waits for a definition that was refused: when it comes in, that is seen. */
  #isIn({ key }: Intent): boolean {
    const result = this.#soFar.results.get(key);
    return result === undefined || result.outcome === 'done';
  }

  #isWritten(key: ObjectKey): boolean {
    return this.#soFar.created.has(key) || this.#soFar.changed.has(key);
  }

  async #waitFor(other: Intent, intent: Intent, signal: AbortSignal): Promise<Trouble | undefined> {
    this.#deps.awaited.wait(other.key, [intent.owner, ...intent.contributors]);
    const look = this.#looks.get(other.key) ?? this.#look(other, signal);
    this.#looks.set(other.key, look);
    const lacks = await look;
    if (lacks === undefined) this.#deps.awaited.settle(other.key);
    return lacks === undefined || 'outcome' in lacks ? lacks : waitingFor(other.key, lacks);
  }

  async #look({ body }: Intent, signal: AbortSignal): Promise<Unreadiness | undefined | Trouble> {
    const { kube } = this.#deps;
    const ref = await refOf(kube, body, signal);
    if ('outcome' in ref) return ref;
    try {
      return unreadiness(await kube.get(ref, signal));
    } catch (error) {
      return unreadable(error);
    }
  }
}

/** Nobody has to look again soon at what has failed: the watch tells when somebody does something about it. */
function waitingFor(key: ObjectKey, { lacks, hasFailed }: Unreadiness): Trouble {
  const because = `waits for ${renderKey(key)}, which ${lacks}`;
  return hasFailed ? { outcome: 'refused', reason: 'EarlierFailed', because } : { outcome: 'retry', reason: 'NotReady', because };
}

function notServedYet({ body }: Intent): Trouble {
  return {
    outcome: 'retry',
    reason: 'NotReady',
    because: `waits until the API server serves ${String(body['apiVersion'])} ${String(body['kind'])}`,
  };
}
