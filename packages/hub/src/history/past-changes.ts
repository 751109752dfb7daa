/** Questions about changes, answered by the tables. */
import type { OutcomeSeen, PublishedSeen } from '@accord/core/history/timeline';
import type { ClusterId } from '@accord/proto/ids';
import type { StageTimes, Stamps } from '@accord/proto/messages';
import type { Database, SqlRow } from './database.ts';

export interface PastChange {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  /** As in the subject of its fact. */
  readonly object: string;
  readonly name: string;
  readonly type: string;
  readonly actor: string;
  readonly reason: string;
  readonly source: string;
  readonly traceparent: string;
  /** Which request asked for it. */
  readonly requestId: string;
  readonly atMs: number;
  readonly revision: number;
}

export interface ChangeFilter {
  readonly policy?: string | undefined;
  /** Changes that this cluster answered, and those of itself. */
  readonly cluster?: { readonly id: string; readonly name: string } | undefined;
  readonly actor?: string | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  /** Only those before this one, by the sequence of the fact. */
  readonly beforeSeq?: number | undefined;
  readonly limit: number;
}

const columns = 'id, seq, kind, object, name, type, actor, reason, source, traceparent, request AS requestId, at_ms AS atMs, revision';

/** Newest first. */
export function pastChanges(database: Database, filter: ChangeFilter): readonly PastChange[] {
  const { policy, cluster, actor, sinceMs, untilMs, beforeSeq, limit } = filter;
  const wheres: [string, ...(string | number)[]][] = [];
  if (policy !== undefined) wheres.push([`kind = 'policy' AND object = ?`, policy]);
  if (cluster !== undefined)
    wheres.push([
      `((kind = 'cluster' AND object = ?) OR EXISTS (SELECT 1 FROM outcomes WHERE outcomes.change = changes.id AND cluster = ?))`,
      ...[cluster.id, cluster.id],
    ]);
  if (actor !== undefined) wheres.push(['actor = ?', actor]);
  if (sinceMs !== undefined) wheres.push(['at_ms >= ?', sinceMs]);
  if (untilMs !== undefined) wheres.push(['at_ms <= ?', untilMs]);
  if (beforeSeq !== undefined) wheres.push(['seq < ?', beforeSeq]);
  const where = wheres.length === 0 ? '' : `WHERE ${wheres.map(([sql]) => sql).join(' AND ')}`;
  const values = wheres.flatMap(([, ...given]) => given);
  return database.all<PastChange>(`SELECT ${columns} FROM changes ${where} ORDER BY seq DESC LIMIT ?`, ...values, limit);
}

export function pastChange(database: Database, id: string): PastChange | undefined {
  return database.get<PastChange>(`SELECT ${columns} FROM changes WHERE id = ?`, id);
}

/** The change that made the next revision of the same object; undefined while there is none. */
export function supersederOf(database: Database, { kind, object, revision, seq }: PastChange): PastChange | undefined {
  return database.get<PastChange>(
    `SELECT ${columns} FROM changes WHERE kind = ? AND object = ? AND seq > ? AND revision > ? ORDER BY seq LIMIT 1`,
    ...[kind, object, seq, revision],
  );
}

/** The change that made the revision before it of the same object; undefined for the first. */
export function precederOf(database: Database, { kind, object, revision, seq }: PastChange): PastChange | undefined {
  return database.get<PastChange>(
    `SELECT ${columns} FROM changes WHERE kind = ? AND object = ? AND seq < ? AND revision < ? ORDER BY seq DESC LIMIT 1`,
    ...[kind, object, seq, revision],
  );
}

/** Of all clusters, or of these alone. */
export function outcomesOfChange(database: Database, change: string, clusters?: ReadonlySet<ClusterId>): readonly OutcomeSeen[] {
  const [among, values] =
    clusters === undefined ? ['', []] : ['AND cluster IN (SELECT value FROM json_each(?))', [JSON.stringify([...clusters])]];
  const sql = `SELECT * FROM outcomes WHERE change = ? ${among} ORDER BY cluster, boot, n, item`;
  return database.all(sql, change, ...values).map(outcomeSeen);
}

export function publicationsOfChange(database: Database, change: string): readonly PublishedSeen[] {
  return database.all<PublishedSeen>(
    'SELECT anchor, epoch, version, at_ms AS atMs FROM published WHERE change = ? ORDER BY at_ms, anchor',
    change,
  );
}

function outcomeSeen(row: SqlRow): OutcomeSeen {
  const [boot, n, atMs, skewMs, revision, created, changed, removed] = (
    ['boot', 'n', 'at_ms', 'skew_ms', 'revision', 'created', 'changed', 'removed'] as const
  ).map((name) => Number(row[name]));
  return {
    ...{ cluster: row['cluster'] as ClusterId, number: { boot: boot ?? 0, n: n ?? 0 }, atMs: atMs ?? 0, skewMs: skewMs ?? 0 },
    ...{ revision: revision ?? 0, state: String(row['state']), reason: String(row['reason']), message: String(row['message']) },
    ...{ created: created ?? 0, changed: changed ?? 0, removed: removed ?? 0, stamps: stampsOf(String(row['stamps'])) },
    stages: JSON.parse(String(row['stages'])) as readonly StageTimes[],
  };
}

export function stampsOf(text: string): Stamps {
  const none = { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 };
  return { ...none, ...(JSON.parse(text) as Partial<Stamps>) };
}
