/** What has come into the tables since somebody looked, for whoever tells it on. */
import type { ClusterId } from '@accord/proto/ids';
import type { Database } from './database.ts';

/** Up to where somebody has looked, in the sequences of both streams. */
export interface HistoryEnd {
  readonly intentSeq: number;
  readonly historySeq: number;
}

/** Something new is known of a change: that it was decided, that it was published, and what these clusters did with it. */
export interface Told {
  readonly change: string;
  readonly isDecided: boolean;
  readonly isPublished: boolean;
  readonly clusters: ReadonlySet<ClusterId>;
}

interface Row {
  readonly change: string;
  readonly what: 'decided' | 'published' | 'outcome';
  /** Empty where it concerns none. */
  readonly cluster: string;
}

export function endOfHistory(database: Database): HistoryEnd {
  const at = (stream: string): number =>
    database.get<{ readonly seq: number }>('SELECT seq FROM positions WHERE stream = ?', stream)?.seq ?? 0;
  return { intentSeq: at('INTENT'), historySeq: at('HISTORY') };
}

/** In the order in which it came, about `rowsMax` rows of each stream: what one message says is not divided. */
export function toldAfter(
  database: Database,
  from: HistoryEnd,
  rowsMax: number,
): { readonly told: readonly Told[]; readonly end: HistoryEnd; readonly isMore: boolean } {
  const last = endOfHistory(database);
  const intentSeq = nth(database, 'SELECT seq FROM changes WHERE seq > ?', [from.intentSeq], rowsMax) ?? last.intentSeq;
  const ofHistory = 'SELECT seq FROM outcomes WHERE seq > ? UNION ALL SELECT seq FROM published WHERE seq > ?';
  const historySeq = nth(database, ofHistory, [from.historySeq, from.historySeq], rowsMax) ?? last.historySeq;
  const end = { intentSeq: Math.min(intentSeq, last.intentSeq), historySeq: Math.min(historySeq, last.historySeq) };
  const rows = database.all<Row>(
    `SELECT id AS change, 'decided' AS what, '' AS cluster FROM changes WHERE seq > ? AND seq <= ?
     UNION ALL SELECT DISTINCT change, 'published', '' FROM published WHERE seq > ? AND seq <= ?
     UNION ALL SELECT DISTINCT change, 'outcome', cluster FROM outcomes WHERE seq > ? AND seq <= ?`,
    ...[from.intentSeq, end.intentSeq, from.historySeq, end.historySeq, from.historySeq, end.historySeq],
  );
  const byChange = Map.groupBy(
    rows.filter(({ change }) => change !== ''),
    ({ change }) => change,
  );
  const told = [...byChange].map(([change, all]) => ({
    change,
    isDecided: all.some(({ what }) => what === 'decided'),
    isPublished: all.some(({ what }) => what === 'published'),
    clusters: new Set(all.flatMap(({ what, cluster }) => (what === 'outcome' ? [cluster as ClusterId] : []))),
  }));
  return { told, end, isMore: end.intentSeq < last.intentSeq || end.historySeq < last.historySeq };
}

function nth(database: Database, sql: string, values: readonly number[], n: number): number | undefined {
  return database.get<{ readonly seq: number }>(`${sql} ORDER BY seq LIMIT 1 OFFSET ?`, ...values, n - 1)?.seq;
}
