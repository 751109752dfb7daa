/** What clusters did, told by the tables. */
import type { Database } from './database.ts';

export interface PastReport {
  readonly policy: string;
  readonly revision: number;
  readonly state: string;
  readonly reason: string;
  readonly message: string;
  readonly desired: number;
  readonly applied: number;
  readonly atMs: number;
}

/** Of the policies that a cluster ever spoke of, one by one along the index: a cluster says far more than it has policies. */
const policiesOf = `
  WITH RECURSIVE named (policy) AS (
    SELECT min(policy) FROM outcomes WHERE cluster = ?1
    UNION ALL
    SELECT (SELECT min(policy) FROM outcomes WHERE cluster = ?1 AND policy > named.policy) FROM named WHERE named.policy IS NOT NULL)
  SELECT policy FROM named WHERE policy IS NOT NULL`;

/** The last word of a cluster on each policy until then, by its number. What it said to have removed it no longer had. */
export function reportsAt(database: Database, cluster: string, untilMs: number): readonly PastReport[] {
  const policies = database.all<{ readonly policy: string }>(policiesOf, cluster);
  return policies.flatMap(({ policy }) => {
    const last = database.get<PastReport>(
      `SELECT policy, revision, state, reason, message, desired, applied, at_ms AS atMs FROM outcomes
       WHERE cluster = ? AND policy = ? AND at_ms <= ? ORDER BY boot DESC, n DESC, item DESC LIMIT 1`,
      ...[cluster, policy, untilMs],
    );
    return last === undefined || last.state === 'Removed' ? [] : [last];
  });
}

/** Whether it was there: the last that was recorded until then; `unknown` before anything was. */
export function connectionAt(database: Database, cluster: string, untilMs: number): string {
  const row = database.get<{ readonly state: string }>(
    'SELECT state FROM presence WHERE cluster = ? AND at_ms <= ? ORDER BY seq DESC, item DESC LIMIT 1',
    ...[cluster, untilMs],
  );
  return row?.state ?? 'unknown';
}

/** When a revision of a document, or a later one, was first published under one of these anchors until then. */
export function publishedAt(
  database: Database,
  {
    doc,
    revision,
    anchors,
    untilMs,
  }: { readonly doc: string; readonly revision: number; readonly anchors: readonly string[]; readonly untilMs: number },
): number | undefined {
  const marks = anchors.map(() => '?').join(', ');
  const row = database.get<{ readonly ms: number | null }>(
    `SELECT min(at_ms) AS ms FROM published WHERE doc = ? AND revision = ? AND deleted = 0 AND at_ms <= ? AND anchor IN (${marks})`,
    ...[doc, revision, untilMs, ...anchors],
  );
  return row?.ms ?? undefined;
}

export interface PastGap {
  readonly boot: number;
  readonly firstN: number;
  readonly lastN: number;
  readonly size: number;
  readonly reason: string;
}

/** Numbers that are missing still: an outcome that came late has left its gap. */
export function gapsOf(database: Database, cluster: string): readonly PastGap[] {
  return database
    .all<PastGap>(
      `SELECT boot, first_n AS firstN, last_n AS lastN, reason, last_n - first_n + 1 -
         (SELECT count(*) FROM numbers WHERE numbers.cluster = gaps.cluster AND numbers.boot = gaps.boot AND n BETWEEN first_n AND last_n) AS size
       FROM gaps WHERE cluster = ? ORDER BY boot, first_n`,
      cluster,
    )
    .filter(({ size }) => size > 0);
}
