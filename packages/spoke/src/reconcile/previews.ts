import type { Intent } from '@accord/core/desired/intent';
import { diffApplied, writtenOf } from '@accord/core/drift/diff-applied';
import type { Difference } from '@accord/core/drift/diff-object';
import { canonicalJson, hex, sha256, type JsonObject } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import type { ObjectKey } from '@accord/proto/ids';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Kube, ObjectMeta, ObjectRef } from '../kube/kube.ts';
import { marked } from './apply-intent.ts';

/** What nobody has changed is asked again this often: defaults and webhooks may have become others. */
const askAgainMs = 3_600_000;
/** What nobody has looked at for so long is not compared any more. */
const forgottenMs = 2 * askAgainMs;

/** What is there, and what is said of it. */
export interface Live {
  readonly ref: ObjectRef;
  readonly live: JsonObject;
  readonly meta: ObjectMeta;
}

interface Asked {
  /** Of what is wanted and of what is there. */
  readonly digest: string;
  readonly atMs: number;
  readonly answer: readonly Difference[] | undefined;
}

export interface PreviewsDeps {
  readonly kube: Pick<Kube, 'preview'>;
  readonly clock: Clock;
  /** Whether the cluster's owner lets policies touch the object. */
  readonly isAllowed: (key: ObjectKey, body: JsonObject) => boolean;
}

/** What the server says that an apply would change: defaults, conversions and webhooks included. Asked once for each content. */
export class Previews {
  readonly #deps: PreviewsDeps;
  /** Oldest first. */
  readonly #asked = new Map<ObjectKey, Asked>();

  constructor(deps: PreviewsDeps) {
    this.#deps = deps;
  }

  /** Undefined where the server does not say: then only a comparison is left. */
  async differences(
    { key, body, digest: wanted }: Intent,
    { ref, live, meta }: Live,
    signal: AbortSignal,
  ): Promise<readonly Difference[] | undefined> {
    const { kube, clock, isAllowed } = this.#deps;
    if (!isAllowed(key, body)) return undefined;
    const nowMs = clock.now();
    const digest = `${wanted} ${hex(sha256(canonicalJson(writtenOf(live))))}`;
    const before = this.#asked.get(key);
    const known = before?.digest === digest ? before : undefined;
    if (known !== undefined && nowMs - known.atMs < askAgainMs) return known.answer;
    try {
      const applied = await kube.preview(ref, marked({ body, digest: wanted }, originOf(meta)), signal);
      const answer = applied === undefined ? undefined : diffApplied(live, applied);
      this.#keep(key, { digest, atMs: nowMs, answer });
      return answer;
    } catch (error) {
      // Whether it can be asked is not known now: what it said before still counts.
      if (!isCoded(error)) throw error;
      return known?.answer;
    }
  }

  #keep(key: ObjectKey, asked: Asked): void {
    this.#asked.delete(key);
    this.#asked.set(key, asked);
    for (const [old, { atMs }] of this.#asked) {
      if (asked.atMs - atMs < forgottenMs) break;
      this.#asked.delete(old);
    }
  }
}

/** What exists without a policy could only be adopted. */
function originOf({ labels, annotations }: ObjectMeta): 'Created' | 'Adopted' {
  return labels[ownerLabel] !== undefined && annotations[originAnnotation] === 'Created' ? 'Created' : 'Adopted';
}
