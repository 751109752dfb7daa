import { hex } from '@accord/proto/canonical';
import type { FactSeen } from '../intent/intent-log.ts';

/** A request that was stored; the same request again is answered like it. */
export interface StoredRequest {
  readonly digest: string;
  readonly change: string;
  readonly atMs: number;
}

const requestsMax = 50_000;
const idempotencyMsMax = 24 * 3_600_000;

/** What facts say about requests that must not be carried out twice. Folded from INTENT, so it survives a restart. Bounded. */
export class FactHistory {
  readonly #requests = new Map<string, StoredRequest>();

  /** To be called for each folded fact, in order. */
  add({ statement }: FactSeen): void {
    const { atMs, requestId, requestDigest, change } = statement;
    this.remember(requestId, { digest: hex(requestDigest), change: change?.id ?? '', atMs });
  }

  /** Also for requests that changed nothing and so left no fact. */
  remember(requestId: string, request: StoredRequest): void {
    this.#requests.set(requestId, request);
    trim(this.#requests, requestsMax);
  }

  request(requestId: string, nowMs: number): StoredRequest | undefined {
    const found = this.#requests.get(requestId);
    return found === undefined || nowMs - found.atMs > idempotencyMsMax ? undefined : found;
  }
}

export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** A spoke may write any number where a time belongs, and 0 where it knows none. */
export function timeIn(ms: number): string | undefined {
  return ms > 0 && ms < 8.64e15 ? timeOf(ms) : undefined;
}

function trim(map: Map<string, unknown>, max: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= max) return;
    map.delete(oldest);
  }
}
