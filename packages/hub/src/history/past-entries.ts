/** Who did what, and what drifted: entries of the tables, the newest first, page by page. */
import type { Database } from './database.ts';

/** The page begins after this entry. */
export interface EntryKey {
  readonly atMs: number;
  readonly seq: number;
  readonly item: number;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly result?: string | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  readonly before?: EntryKey | undefined;
  readonly limit: number;
}

export interface PastAudit extends EntryKey {
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly change: string;
  readonly reason: string;
  readonly source: string;
  readonly result: string;
  readonly detail: string;
  readonly count: number;
}

/** An entry that is shown beside the facts of its request, which it names as its object. */
export const writtenAction = 'Written';

/** Facts have no item; -1 keeps them apart from what HISTORY has under the same number. A key of a client names several requests in time. */
const auditSources = [
  `SELECT at_ms, seq, -1 AS item, actor, type AS action, kind || '.' || object AS object, change, reason, source, 'stored' AS result,
     coalesce((SELECT written.detail FROM audit AS written WHERE written.action = '${writtenAction}' AND written.object = facts.request
       ORDER BY abs(written.at_ms - facts.at_ms) LIMIT 1), '') AS detail, 1 AS count FROM facts`,
  `SELECT at_ms, seq, item, actor, action, object, change, reason, source, result, detail, count FROM audit WHERE action <> '${writtenAction}'`,
] as const;

export function pastAudit(database: Database, filter: AuditFilter): readonly PastAudit[] {
  const { actor, action, object, result, sinceMs, untilMs, before, limit } = filter;
  const { where, values } = conditions([
    ['actor = ?', actor],
    ['action = ?', action],
    ['object = ?', object],
    ['result = ?', result],
    ['at_ms >= ?', sinceMs],
    ['at_ms <= ?', untilMs],
    ['(at_ms, seq, item) < (?, ?, ?)', before?.atMs, before?.seq, before?.item],
  ]);
  // Each by its own index, and then together: a union would be sorted as a whole.
  const found = auditSources.flatMap((source) =>
    database.all<PastAudit>(
      `SELECT at_ms AS atMs, seq, item, actor, action, object, change, reason, source, result, detail, count FROM (${source})
       ${where} ORDER BY at_ms DESC, seq DESC, item DESC LIMIT ?`,
      ...[...values, limit],
    ),
  );
  return found.toSorted((a, b) => b.atMs - a.atMs || b.seq - a.seq || b.item - a.item).slice(0, limit);
}

/** The page begins after this entry. */
export interface DriftKey {
  readonly atMs: number;
  readonly cluster: string;
  readonly boot: number;
  readonly n: number;
  readonly item: number;
}

export interface DriftFilter {
  readonly cluster?: string | undefined;
  readonly policy?: string | undefined;
  readonly object?: string | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  readonly before?: DriftKey | undefined;
  readonly limit: number;
}

export interface PastDrift extends DriftKey {
  readonly kind: 'seen' | 'healed';
  readonly policy: string;
  readonly object: string;
  readonly cause: string;
  readonly manager: string;
  readonly operation: string;
  readonly fields: string;
  readonly message: string;
  readonly seenMs: number;
  readonly healedMs: number;
  readonly writtenMs: number;
}

export function pastDrift(database: Database, filter: DriftFilter): readonly PastDrift[] {
  const { cluster, policy, object, sinceMs, untilMs, before, limit } = filter;
  const { where, values } = conditions([
    ['cluster = ?', cluster],
    ['policy = ?', policy],
    // The whole key, or its end: people leave the group out.
    [`(object = ? OR substr(object, -length(?)) = ?)`, object, object && `/${object}`, object && `/${object}`],
    ['at_ms >= ?', sinceMs],
    ['at_ms <= ?', untilMs],
    ['(at_ms, cluster, boot, n, item) < (?, ?, ?, ?, ?)', before?.atMs, before?.cluster, before?.boot, before?.n, before?.item],
  ]);
  return database.all<PastDrift>(
    `SELECT at_ms AS atMs, cluster, boot, n, item, kind, policy, object, cause, manager, operation, fields, message, seen_ms AS seenMs,
       healed_ms AS healedMs, written_ms AS writtenMs FROM drift ${where} ORDER BY at_ms DESC, cluster DESC, boot DESC, n DESC, item DESC LIMIT ?`,
    ...[...values, limit],
  );
}

/** Of those conditions that have values. */
function conditions(all: readonly (readonly [sql: string, ...values: (string | number | undefined)[]])[]): {
  readonly where: string;
  readonly values: readonly (string | number)[];
} {
  const given = all.filter(([, ...values]) => values.every((value) => value !== undefined));
  const where = given.length === 0 ? '' : `WHERE ${given.map(([sql]) => sql).join(' AND ')}`;
  return { where, values: given.flatMap(([, ...values]) => values.filter((value) => value !== undefined)) };
}
