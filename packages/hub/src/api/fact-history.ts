import { hex } from '@accord/proto/canonical';
import type { FactSeen } from '../intent/intent-log.ts';
import type { z } from 'zod';
import type { auditEntrySchema } from '@accord/proto/api';

export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** One change as it was accepted: the first fact that carries its id. */
export interface AcceptedChange {
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  readonly actor: string;
  readonly reason: string;
  readonly traceparent: string;
  readonly atMs: number;
}

/** A request that was stored; the same request again is answered like it. */
export interface StoredRequest {
  readonly digest: string;
  readonly change: string;
  readonly atMs: number;
}

const writesMax = 5_000;
const refusalsMax = 1_000;
const changesMax = 5_000;
const requestsMax = 50_000;
const idempotencyMsMax = 24 * 3_600_000;

/**
 * What facts say about who did what: the audit, the changes, the requests that must not be carried out twice.
 *
 * Folded from INTENT, so it survives a restart; only refusals live as long as the process. All of it is bounded.
 */
export class FactHistory {
  readonly #writes: AuditEntry[] = [];
  readonly #refusals: AuditEntry[] = [];
  readonly #changes = new Map<string, AcceptedChange>();
  readonly #requests = new Map<string, StoredRequest>();

  /** To be called for each folded fact, in order. */
  add({ subject, statement }: FactSeen): void {
    const { atMs, actor, reason, source, type, requestId } = statement;
    const change = statement.change?.id ?? '';
    keep(this.#writes, writesMax, {
      at: timeOf(atMs),
      actor,
      action: type,
      object: subject.slice('intent.'.length),
      change,
      reason,
      source,
      result: 'stored',
      detail: '',
    });
    if (change !== '' && !this.#changes.has(change)) {
      this.#changes.set(change, { id: change, subject, type, actor, reason, traceparent: statement.change?.traceparent ?? '', atMs });
      trim(this.#changes, changesMax);
    }
    this.remember(requestId, { digest: hex(statement.requestDigest), change, atMs });
  }

  refuse(entry: Omit<AuditEntry, 'result'>): void {
    keep(this.#refusals, refusalsMax, { ...entry, result: 'refused' });
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

  change(id: string): AcceptedChange | undefined {
    return this.#changes.get(id);
  }

  /** Newest first. */
  changes(): readonly AcceptedChange[] {
    return [...this.#changes.values()].toReversed();
  }

  /** Who did that to an object, if it is remembered. */
  actorOf(action: string, object: string): string | undefined {
    return this.#writes.find((entry) => entry.action === action && entry.object === object)?.actor;
  }

  /** Newest first. */
  audit(): readonly AuditEntry[] {
    return [...this.#writes.toReversed(), ...this.#refusals.toReversed()].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  }
}

export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function keep<Entry>(list: Entry[], max: number, entry: Entry): void {
  list.push(entry);
  // In one go each eighth, because shifting one by one moves the whole list each time.
  if (list.length > max + max / 8) list.splice(0, list.length - max);
}

function trim(map: Map<string, unknown>, max: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= max) return;
    map.delete(oldest);
  }
}
