import { heardStages } from '@accord/core/history/stage-times';
import {
  historyAuditCodec,
  historyOutcomesCodec,
  historyPresenceCodec,
  historyPublicationsCodec,
  outcomeCodec,
  signedCodec,
  type Heal,
  type HistoryOutcome,
  type PolicyOutcome,
  type SeenDrift,
  type Stamps,
} from '@accord/proto/messages';
import { reportBytesMax, type ReportNumber } from '@accord/proto/signed-report';
import { inflate } from '@accord/proto/seal';
import type { HistoryKind } from '@accord/proto/subjects';
import type { Database } from './database.ts';

const writers: Readonly<Record<HistoryKind, (database: Database, seq: number, body: Uint8Array) => void>> = {
  outcome: insertOutcomes,
  publish: insertPublications,
  presence: insertPresence,
  audit: insertAudit,
};

/** One message of HISTORY. What it says and is known already (by cluster and number, or by place in its anchor) is passed over. */
export function insertHistory(database: Database, kind: HistoryKind, seq: number, body: Uint8Array): void {
  writers[kind](database, seq, body);
}

function insertOutcomes(database: Database, seq: number, body: Uint8Array): void {
  const { outcomes, gaps } = historyOutcomesCodec.decode(body);
  for (const { cluster, boot, firstN, lastN, reason } of gaps)
    database.run(
      'INSERT OR IGNORE INTO gaps (cluster, boot, first_n, last_n, reason, seq) VALUES (?, ?, ?, ?, ?, ?)',
      ...[cluster, boot, firstN, lastN, reason, seq],
    );
  for (const outcome of outcomes) insertOutcome(database, seq, outcome);
}

/** It was verified before it was recorded, and the record is signed by the hub. */
function insertOutcome(database: Database, seq: number, recorded: HistoryOutcome): void {
  const { boot, n, body, zstd } = signedCodec.decode(recorded.message);
  const { cluster } = recorded;
  if (database.get('SELECT n FROM numbers WHERE cluster = ? AND boot = ? AND n = ?', cluster, boot, n) !== undefined) return;
  database.run('INSERT INTO numbers (cluster, boot, n, seq) VALUES (?, ?, ?, ?)', cluster, boot, n, seq);
  const { policies, heals } = outcomeCodec.decode(zstd ? inflate(body, reportBytesMax) : body);
  const place = { ...recorded, number: { boot, n }, seq };
  let drifts = 0;
  for (const [item, policy] of policies.entries()) {
    insertPolicy(database, place, item, policy);
    for (const { object, state, reason, message, drift } of policy.report?.state === 'Drifted' ? policy.report.problems : []) {
      if (state !== 'Drifted') continue;
      const seenMs = policy.stamps?.compiledMs ?? 0;
      const { manager, operation, writtenMs, fields } = drift ?? unnamed;
      const seen = { policy: policy.report?.policy ?? '', object, manager, operation, fields, seenMs, healedMs: 0 };
      insertDrift(database, place, drifts, { ...seen, kind: 'seen', cause: reason, writtenMs, message });
      drifts += 1;
    }
  }
  for (const heal of heals) {
    insertDrift(database, place, drifts, { ...heal, kind: 'healed', message: '' });
    drifts += 1;
  }
}

/** Nothing is there that somebody could have written, or the spoke is older than it says who. */
const unnamed: SeenDrift = { manager: '', operation: '', writtenMs: 0, fields: [] };

interface Place {
  readonly cluster: string;
  readonly number: ReportNumber;
  readonly seq: number;
  readonly atMs: number;
  readonly skewMs: number;
}

/** A signed message may still say anything, and a table takes neither what is no number nor one that cannot be read again. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
const whole = (value: number): number => (Number.isSafeInteger(value) ? value : 0);

function insertPolicy(database: Database, place: Place, item: number, policy: PolicyOutcome): void {
  const { cluster, number, seq, atMs, skewMs } = place;
  const { report, change, stamps, created, changed, removed, stages } = policy;
  if (report === null) return;
  database.run(
    `INSERT INTO outcomes (cluster, boot, n, item, seq, at_ms, skew_ms, policy, change, revision, step, state, reason, message, leaving,
       desired, applied, held, created, changed, removed, stamps, problems, stages)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[
      cluster,
      number.boot,
      number.n,
      item,
      seq,
      atMs,
      skewMs,
      report.policy,
      change?.id ?? '',
      whole(report.revision),
      whole(report.step),
    ],
    ...[report.state, report.reason, report.message, report.leaving ? 1 : 0, report.desired, report.applied, report.held],
    ...[created, changed, removed, stampsText(stamps), JSON.stringify(report.problems), JSON.stringify(heardStages(stages))],
  );
}

function stampsText(stamps: Stamps | null): string {
  return JSON.stringify(Object.fromEntries(Object.entries(stamps ?? {}).map(([name, ms]) => [name, finite(ms)])));
}

function insertDrift(
  database: Database,
  place: Place,
  item: number,
  drift: Heal & { readonly kind: string; readonly message: string },
): void {
  const { cluster, number, seq, atMs } = place;
  const { kind, policy, object, cause, manager, operation, fields, message, seenMs, healedMs, writtenMs } = drift;
  database.run(
    `INSERT INTO drift (cluster, boot, n, item, seq, at_ms, kind, policy, object, cause, manager, operation, fields, message, seen_ms, healed_ms,
       written_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[cluster, number.boot, number.n, item, seq, atMs, kind, policy, object, cause, manager, operation, JSON.stringify(fields), message],
    ...[finite(seenMs), finite(healedMs), finite(writtenMs)],
  );
}

function insertPublications(database: Database, seq: number, body: Uint8Array): void {
  for (const { anchor, doc, epoch, version, revision, step, deleted, change, atMs } of historyPublicationsCodec.decode(body).publications)
    database.run(
      `INSERT OR IGNORE INTO published (anchor, epoch, version, seq, doc, revision, step, deleted, change, at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[anchor, epoch, version, seq, doc, revision, step, deleted ? 1 : 0, change, atMs],
    );
}

function insertPresence(database: Database, seq: number, body: Uint8Array): void {
  for (const [item, { cluster, state, atMs, sinceMs }] of historyPresenceCodec.decode(body).changes.entries())
    database.run(
      'INSERT OR IGNORE INTO presence (seq, item, cluster, state, at_ms, since_ms) VALUES (?, ?, ?, ?, ?, ?)',
      ...[seq, item, cluster, state, atMs, sinceMs],
    );
}

function insertAudit(database: Database, seq: number, body: Uint8Array): void {
  for (const [item, entry] of historyAuditCodec.decode(body).entries.entries()) {
    const { actor, action, object, change, reason, source, result, detail, atMs, count } = entry;
    database.run(
      `INSERT OR IGNORE INTO audit (seq, item, at_ms, actor, action, object, change, reason, source, result, detail, count)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[seq, item, atMs, actor, action, object, change, reason, source, result, detail, Math.max(1, count)],
    );
  }
}
