import type { ClusterId, ClusterName, PolicyName } from '@accord/proto/ids';
import type { PolicyReport, Problem } from '@accord/proto/messages';
import { intentSubject } from '@accord/proto/subjects';
import type { SyncState } from '@accord/proto/sync-state';
import type { PolicyFact } from '../registry/facts.ts';
import { emptyRegistry, foldFact } from '../registry/registry.ts';
import type { Connection } from '../view/presence.ts';
import { emptyReported, foldSummary } from '../view/reported.ts';
import { rowsOfCluster, type PolicyRow, type RowSources } from './policy-rows.ts';

export const id = 'a'.repeat(26) as ClusterId;
export const policyName = 'team' as PolicyName;
export const problem = (reason: string, object = '/ConfigMap/n/m', message = 'it says no.'): Problem => ({
  object,
  state: 'Failed',
  reason,
  message,
  drift: null,
});
export const report = (state: string, change: Partial<PolicyReport> = {}): PolicyReport => ({
  ...{ policy: policyName, epoch: 1, revision: 4, step: 0, state, reason: state, message: '', desired: 3, applied: 2 },
  ...{ problems: [], retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null },
  ...change,
});

export interface Given {
  readonly report?: PolicyReport;
  readonly policy?: Partial<PolicyFact>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly connection?: Connection;
  readonly sync?: SyncState;
  readonly revokedAtMs?: number;
}

/** A hub that knows one policy and one cluster, and what the cluster last said of it. */
export function sources({
  report: last,
  policy = {},
  labels = { env: 'prod' },
  connection = { state: 'live' },
  sync = 'current',
  revokedAtMs,
}: Given): RowSources {
  const registry = emptyRegistry();
  const reported = emptyReported();
  const facts = { digest: new Uint8Array(), atMs: 0, actor: '', change: { id: '', traceparent: '' } };
  const body = {
    name: policyName,
    revision: 4,
    step: 0,
    spec: { clusterSelector: { matchLabels: { env: 'prod' } } },
    anchors: [],
    ...policy,
  };
  foldFact(registry, intentSubject('policy', policyName), { ...facts, seq: 1, body });
  foldFact(registry, intentSubject('cluster', id), {
    ...facts,
    seq: 2,
    body: { id, name: 'prod-1' as ClusterName, labels, spec: {}, ...(revokedAtMs !== undefined && { revokedAtMs }) },
  });
  if (last !== undefined)
    foldSummary(
      reported,
      id,
      { lastBoot: 1, lastN: 1, policies: [last], facts: null, anchors: [], alarms: [], usage: [], left: false },
      60_000,
    );
  return { registry, reported, connectionOf: () => connection, syncOf: () => sync };
}

export const row = (given: Given): PolicyRow | undefined => rowsOfCluster(sources(given), id)[0];
export const offline: Connection = { state: 'offline', sinceMs: 0 };
