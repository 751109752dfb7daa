import type { ClusterFact, PolicyFact } from '@accord/core/registry/facts';
import { hex } from '@accord/proto/canonical';
import type { FactKind } from '@accord/proto/subjects';
import type { FactSeen } from '../intent/intent-log.ts';
import type { Database } from './database.ts';

export interface FactRow {
  readonly seq: number;
  readonly digest: string;
  readonly kind: FactKind;
  /** As in the subject: the name of a policy, the id of a cluster, the hash of a token. */
  readonly object: string;
  /** What people call it. */
  readonly name: string;
  readonly type: string;
  readonly change: string;
  readonly atMs: number;
  readonly actor: string;
  readonly reason: string;
  readonly source: string;
  readonly traceparent: string;
  /** Which request asked for it. */
  readonly request: string;
  readonly revision: number;
  /** Of policies and clusters, whose past is shown; nothing is kept of tokens. */
  readonly body: string;
}

export function factRow({ kind, id }: { readonly kind: FactKind; readonly id: string }, { statement, recorded }: FactSeen): FactRow {
  const hasPast = kind === 'policy' || kind === 'cluster';
  const body = hasPast ? (recorded.body as PolicyFact | ClusterFact) : undefined;
  const { type, atMs, actor, reason, source, change, requestId } = statement;
  return {
    ...{ seq: recorded.seq, digest: hex(recorded.digest), kind, object: id, name: body?.name ?? id, type, atMs, actor, reason, source },
    ...{ change: change?.id ?? '', traceparent: change?.traceparent ?? '', request: requestId, revision: body?.revision ?? 0 },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** The same fact again changes nothing. A change is named by the first of its facts, whichever comes first. */
export function insertFact(database: Database, row: FactRow): void {
  const { seq, digest, kind, object, name, type, change, atMs, actor, reason, source, traceparent, request, revision, body } = row;
  const said = [actor, reason, source, traceparent] as const;
  database.run(
    `INSERT OR IGNORE INTO facts (seq, digest, kind, object, name, type, change, at_ms, actor, reason, source, traceparent, request, revision, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[seq, digest, kind, object, name, type, change, atMs, ...said, request, revision, body],
  );
  if (change === '') return;
  database.run(
    `INSERT INTO changes (id, seq, kind, object, name, type, actor, reason, source, traceparent, request, at_ms, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, object = excluded.object, name = excluded.name,
       type = excluded.type, actor = excluded.actor, reason = excluded.reason, source = excluded.source,
       traceparent = excluded.traceparent, request = excluded.request, at_ms = excluded.at_ms, revision = excluded.revision
     WHERE excluded.seq < changes.seq`,
    ...[change, seq, kind, object, name, type, ...said, request, atMs, revision],
  );
}
