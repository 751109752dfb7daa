/** Policies and clusters as they were, out of the facts. */
import type { ClusterFact, PolicyFact } from '@accord/core/registry/facts';
import type { Database } from './database.ts';

export interface PastFact<Body> {
  readonly seq: number;
  readonly type: string;
  readonly change: string;
  readonly atMs: number;
  readonly actor: string;
  readonly reason: string;
  readonly source: string;
  readonly body: Body;
}

interface FactColumns extends Omit<PastFact<unknown>, 'body'> {
  readonly body: string;
}

const columns = 'type, change, at_ms AS atMs, actor, reason, source, body';

/** When facts and outcomes begin; undefined where there are none. */
export function keptSince(database: Database): { readonly factsMs: number | undefined; readonly outcomesMs: number | undefined } {
  const first = (sql: string): number | undefined => database.get<{ readonly ms: number }>(sql)?.ms;
  return {
    factsMs: first('SELECT at_ms AS ms FROM facts ORDER BY seq LIMIT 1'),
    outcomesMs: first('SELECT at_ms AS ms FROM outcomes ORDER BY seq LIMIT 1'),
  };
}

/** Every policy with its last fact until then; deleted ones as well. */
export function policiesAt(database: Database, untilMs: number): readonly PastFact<PolicyFact>[] {
  return lastFacts<PolicyFact>(database, 'policy', 'at_ms <= ?', untilMs);
}

/** Every cluster with its last fact before or at a sequence of INTENT. */
export function clustersAt(database: Database, untilSeq: number): readonly PastFact<ClusterFact>[] {
  return lastFacts<ClusterFact>(database, 'cluster', 'seq <= ?', untilSeq);
}

/** The last cluster of that name until then. A name may have been another cluster's before. */
export function clusterAt(database: Database, name: string, untilMs: number): PastFact<ClusterFact> | undefined {
  const row = database.get<FactColumns>(
    `SELECT seq, ${columns} FROM facts WHERE kind = 'cluster' AND name = ? AND at_ms <= ? ORDER BY seq DESC LIMIT 1`,
    ...[name, untilMs],
  );
  return row === undefined ? undefined : parsed<ClusterFact>(row);
}

/** The name that a cluster last had, also of one that is gone; its id where no fact names it. */
export function nameOfCluster(database: Database, id: string): string {
  const row = database.get<{ readonly name: string }>(
    `SELECT name FROM facts WHERE kind = 'cluster' AND object = ? ORDER BY seq DESC LIMIT 1`,
    id,
  );
  return row?.name ?? id;
}

/** Who did that to an object; undefined when nobody did. */
export function actorOfFact(database: Database, type: string, object: string): string | undefined {
  const sql = 'SELECT actor FROM facts WHERE type = ? AND object = ? ORDER BY seq LIMIT 1';
  return database.get<{ readonly actor: string }>(sql, type, object)?.actor;
}

/** Names that have been used, for whoever has mistyped one. */
export function knownObjects(
  database: Database,
  kind: 'policy' | 'cluster',
): readonly { readonly object: string; readonly name: string }[] {
  return database.all('SELECT DISTINCT object, name FROM facts WHERE kind = ?', kind);
}

/** The first fact of each revision of a policy, the newest first; what came later within it confirmed something. */
export function revisionsOf(
  database: Database,
  policy: string,
): readonly (Omit<PastFact<unknown>, 'body'> & { readonly revision: number })[] {
  return database.all(
    `SELECT min(seq) AS seq, revision, type, change, at_ms AS atMs, actor, reason, source FROM facts
     WHERE kind = 'policy' AND object = ? GROUP BY revision ORDER BY revision DESC`,
    policy,
  );
}

export function revisionOf(database: Database, policy: string, revision: number): PastFact<PolicyFact> | undefined {
  const row = database.get<FactColumns>(
    `SELECT seq, ${columns} FROM facts WHERE kind = 'policy' AND object = ? AND revision = ? ORDER BY seq LIMIT 1`,
    ...[policy, revision],
  );
  return row === undefined ? undefined : parsed<PolicyFact>(row);
}

function lastFacts<Body>(database: Database, kind: string, condition: string, value: number): readonly PastFact<Body>[] {
  // The other columns are those of the row with the highest sequence. Source: sqlite.org/lang_select.html, bare columns in an aggregate query.
  return database
    .all<FactColumns>(
      `SELECT max(seq) AS seq, ${columns} FROM facts WHERE kind = ? AND ${condition} GROUP BY object ORDER BY name`,
      kind,
      value,
    )
    .map((row) => parsed<Body>(row));
}

function parsed<Body>({ body, ...row }: FactColumns): PastFact<Body> {
  return { ...row, body: JSON.parse(body) as Body };
}
