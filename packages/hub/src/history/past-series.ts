/** What happened within a stretch of time, told by the tables a slice at a time, so that a busy hour holds up nobody. */
import { correctedStamps, skewOf } from '@accord/core/history/clock-skew';
import type { Answer } from '@accord/core/history/convergence';
import { breathe } from '@accord/runtime/breathe';
import type { Database } from './database.ts';
import { stampsOf } from './past-changes.ts';

export interface Stretch {
  readonly fromMs: number;
  /** The first moment after it. */
  readonly toMs: number;
}

/** Rows that are read at once: some milliseconds. */
const sliceMax = 1_000;

export interface OutcomeInStretch {
  readonly policy: string;
  readonly cluster: string;
  readonly state: string;
  /** From accepted to applied, on the clock of the hub. Of the first outcome that says Applied of a change; the others are repairs. */
  readonly propagationMs: number | undefined;
}

interface OutcomeColumns {
  readonly atMs: number;
  readonly cluster: string;
  readonly boot: number;
  readonly n: number;
  readonly item: number;
  readonly policy: string;
  readonly state: string;
  readonly skewMs: number;
  /** Of the first that says Applied, else empty. */
  readonly stamps: string;
}

export async function eachOutcome(
  database: () => Database,
  { fromMs, toMs }: Stretch,
  see: (outcome: OutcomeInStretch) => void,
): Promise<void> {
  await inSlices(
    (last: OutcomeColumns | undefined) =>
      database().all<OutcomeColumns>(
        `SELECT at_ms AS atMs, cluster, boot, n, item, policy, state, skew_ms AS skewMs,
           CASE WHEN state = 'Applied' AND change <> '' AND NOT EXISTS (
             SELECT 1 FROM outcomes AS earlier WHERE earlier.change = outcomes.change AND earlier.cluster = outcomes.cluster
               AND earlier.state = 'Applied' AND (earlier.boot, earlier.n, earlier.item) < (outcomes.boot, outcomes.n, outcomes.item))
           THEN stamps ELSE '' END AS stamps
         FROM outcomes WHERE at_ms < ? AND (at_ms, cluster, boot, n, item) > (?, ?, ?, ?, ?)
         ORDER BY at_ms, cluster, boot, n, item LIMIT ?`,
        // No cluster has an empty name, so that this is before all that is told at the first moment.
        ...[toMs, last?.atMs ?? fromMs, last?.cluster ?? '', last?.boot ?? 0, last?.n ?? 0, last?.item ?? 0, sliceMax],
      ),
    ({ policy, cluster, state, stamps, skewMs, atMs }) =>
      see({ policy, cluster, state, propagationMs: propagationOf(stamps, { atMs, skewMs }) }),
  );
}

function propagationOf(text: string, { atMs, skewMs }: { readonly atMs: number; readonly skewMs: number }): number | undefined {
  if (text === '') return undefined;
  const stamps = stampsOf(text);
  const { acceptedMs, appliedMs } = correctedStamps(stamps, skewOf(stamps, atMs, skewMs));
  return acceptedMs === 0 || appliedMs === 0 ? undefined : Math.max(0, appliedMs - acceptedMs);
}

export interface PolicyChange {
  readonly id: string;
  readonly policy: string;
  readonly atMs: number;
  /** How many outcomes are known of it: as long as there are no more, it has come no further. */
  readonly outcomes: number;
}

/** What was accepted of policies. */
export function policyChangesIn(database: Database, { fromMs, toMs }: Stretch): readonly PolicyChange[] {
  return database.all(
    `SELECT id, object AS policy, at_ms AS atMs, (SELECT count(*) FROM outcomes WHERE change = changes.id) AS outcomes
     FROM changes WHERE at_ms >= ? AND at_ms < ? AND kind = 'policy' ORDER BY seq`,
    ...[fromMs, toMs],
  );
}

interface AnswerColumns {
  readonly cluster: string;
  readonly boot: number;
  readonly n: number;
  readonly item: number;
  readonly atMs: number;
  readonly skewMs: number;
  /** Of those that say that it is done, else empty. */
  readonly stamps: string;
  readonly isLate: number;
}

/** Every outcome of a change, by cluster and number. */
export async function eachAnswer(
  database: () => Database,
  { id, atMs: acceptedMs }: Pick<PolicyChange, 'id' | 'atMs'>,
  see: (answer: Answer) => void,
): Promise<void> {
  await inSlices(
    (last: AnswerColumns | undefined) =>
      database().all<AnswerColumns>(
        `SELECT cluster, boot, n, item, at_ms AS atMs, skew_ms AS skewMs,
           CASE WHEN state IN ('Applied', 'Removed') THEN stamps ELSE '' END AS stamps,
           EXISTS (SELECT 1 FROM facts WHERE facts.type IN ('ClusterJoined', 'ClusterChanged') AND facts.object = outcomes.cluster
             AND facts.at_ms > ? AND facts.at_ms <= outcomes.at_ms) AS isLate
         FROM outcomes WHERE change = ? AND (cluster, boot, n, item) > (?, ?, ?, ?) ORDER BY cluster, boot, n, item LIMIT ?`,
        ...[acceptedMs, id, last?.cluster ?? '', last?.boot ?? 0, last?.n ?? 0, last?.item ?? 0, sliceMax],
      ),
    ({ cluster, stamps, skewMs, atMs, isLate }) =>
      see({ cluster, isDone: stamps !== '', isLate: isLate === 1, tookMs: propagationOf(stamps, { atMs, skewMs }) }),
  );
}

export interface HealInStretch {
  readonly policy: string;
  readonly cluster: string;
}

interface HealColumns extends HealInStretch {
  readonly atMs: number;
  readonly boot: number;
  readonly n: number;
  readonly item: number;
}

export async function eachHeal(database: () => Database, { fromMs, toMs }: Stretch, see: (heal: HealInStretch) => void): Promise<void> {
  await inSlices(
    (last: HealColumns | undefined) =>
      database().all<HealColumns>(
        `SELECT at_ms AS atMs, cluster, boot, n, item, policy FROM drift
         WHERE kind = 'healed' AND at_ms < ? AND (at_ms, cluster, boot, n, item) > (?, ?, ?, ?, ?)
         ORDER BY at_ms, cluster, boot, n, item LIMIT ?`,
        ...[toMs, last?.atMs ?? fromMs, last?.cluster ?? '', last?.boot ?? 0, last?.n ?? 0, last?.item ?? 0, sliceMax],
      ),
    see,
  );
}

export interface TurnInStretch {
  readonly cluster: string;
  readonly turn: 'went' | 'came';
}

interface TurnColumns extends TurnInStretch {
  readonly atMs: number;
  readonly seq: number;
  readonly item: number;
}

/** Clusters that went offline, and that came back; one that joined came from nowhere. */
export async function eachTurn(database: () => Database, { fromMs, toMs }: Stretch, see: (turn: TurnInStretch) => void): Promise<void> {
  await inSlices(
    (last: TurnColumns | undefined) =>
      database().all<TurnColumns>(
        `SELECT at_ms AS atMs, seq, item, cluster, CASE state WHEN 'offline' THEN 'went' ELSE 'came' END AS turn FROM presence
         WHERE at_ms < ? AND (at_ms, seq, item) > (?, ?, ?) AND (state = 'offline' OR EXISTS (
           SELECT 1 FROM presence AS earlier WHERE earlier.cluster = presence.cluster AND earlier.state = 'offline'
             AND (earlier.seq, earlier.item) < (presence.seq, presence.item)))
         ORDER BY at_ms, seq, item LIMIT ?`,
        ...[toMs, last?.atMs ?? fromMs, last?.seq ?? -1, last?.item ?? -1, sliceMax],
      ),
    see,
  );
}

/** Objects of the changes that were accepted. */
export function changesIn(database: Database, { fromMs, toMs }: Stretch): readonly { readonly kind: string; readonly object: string }[] {
  return database.all('SELECT kind, object FROM changes WHERE at_ms >= ? AND at_ms < ?', fromMs, toMs);
}

/** When the oldest of what HISTORY brought was told; undefined where it brought nothing yet. What is older is forgotten. */
export function historySince(database: Database): number | undefined {
  const firsts = (['outcomes', 'drift', 'presence', 'audit'] as const).flatMap(
    (table) => database.get<{ readonly ms: number }>(`SELECT at_ms AS ms FROM ${table} ORDER BY seq LIMIT 1`)?.ms ?? [],
  );
  return firsts.length === 0 ? undefined : Math.min(...firsts);
}

async function inSlices<Row>(fetch: (last: Row | undefined) => readonly Row[], see: (row: Row) => void): Promise<void> {
  let rows = fetch(undefined);
  for (;;) {
    for (const row of rows) see(row);
    if (rows.length < sliceMax) return;
    await breathe();
    rows = fetch(rows.at(-1));
  }
}
