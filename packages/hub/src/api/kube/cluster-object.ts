import { revokedHelp } from '@accord/core/cluster/decide-revoke';
import { shownGuardrail } from '@accord/core/guard/told-guardrail';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord } from '@accord/core/registry/registry';
import { countRows, type PolicyRow, type RowSources } from '@accord/core/status/policy-rows';
import type { Connection } from '@accord/core/view/presence';
import type { ReportedCluster } from '@accord/core/view/reported';
import { apiVersion, notAnswering, type ClusterStatus, type Condition, type KubeObject } from '@accord/proto/kube-api';
import { capacityStatus } from '@accord/proto/capacity-status';
import { sealingStatus } from '@accord/proto/sealing-status';
import { timeOf } from '../fact-history.ts';
import { conditionsOf, secondOf, type Stated } from './conditions.ts';

const leavingFinalizer = 'accord.dev/leaving';

export interface ClusterSources extends RowSources {
  readonly lastSeenMs: (id: ClusterFact['id']) => number | undefined;
  readonly nowMs: number;
  /** What the hub itself saw of it. */
  readonly alarmsOf: (id: ClusterFact['id']) => readonly string[];
}

/** A cluster as it is shown, with the labels that only the hub sets. `before` is what was shown last. */
export function clusterObject(
  body: ClusterFact,
  rows: readonly PolicyRow[],
  sources: ClusterSources,
  before: KubeObject | undefined,
): KubeObject {
  const { id, name, uid, revision, createdAtMs, meta, spec, leaving } = body;
  const { labels } = clusterRecord(body);
  const isSame = before?.metadata.uid === uid;
  return {
    apiVersion,
    kind: 'Cluster',
    metadata: {
      name,
      uid,
      generation: revision,
      resourceVersion: '',
      creationTimestamp: secondOf(createdAtMs),
      ...(leaving !== undefined && { deletionTimestamp: secondOf(leaving.sinceMs), finalizers: [leavingFinalizer] }),
      labels,
      annotations: meta.annotations,
    },
    // The id is the hub's: shown where the clusters themselves show it, and never read from what people write.
    spec: { clusterID: id, ...spec },
    status: clusterStatus(body, rows, sources, isSame ? before.status.conditions : []),
  };
}

function clusterStatus(
  { id, name, revision, publicKey, revokedAtMs, leaving }: ClusterFact,
  rows: readonly PolicyRow[],
  sources: ClusterSources,
  before: readonly Condition[],
): ClusterStatus {
  const { reported, connectionOf, syncOf, shows, lastSeenMs, alarmsOf, nowMs } = sources;
  const connection = connectionOf(id);
  const sync = syncOf(id);
  const said: Partial<ReportedCluster> = reported.clusters.get(id) ?? {};
  const seenMs = lastSeenMs(id);
  const counts = countRows(rows);
  const capacity = capacityStatus(said.facts?.capacity);
  const ready = revokedAtMs === undefined ? readiness(name, connection, sync) : revoked(name, revokedAtMs);
  return {
    observedGeneration: revision,
    ready: ready.status,
    connection: connection.state,
    ...(connection.state === 'offline' && { offlineSince: timeOf(connection.sinceMs) }),
    ...(seenMs !== undefined && { lastSeenTime: secondOf(seenMs - (seenMs % 60_000)) }),
    sync: { state: sync, inSync: sync === 'current' },
    version: { kubernetes: said.facts?.kubernetesVersion ?? '', platform: said.facts?.platform ?? '' },
    ...(capacity !== undefined && { capacity }),
    spoke: { version: said.facts?.spokeVersion ?? '', permissions: said.facts?.permissions ?? '' },
    ...(said.facts?.guardrail && { guardrail: shownGuardrail(said.facts.guardrail) }),
    ...(said.facts !== undefined && { sealing: sealingStatus(said.facts.sealingKeys, publicKey) }),
    policies: {
      total: rows.length,
      applied: counts.Applied ?? 0,
      failed: (counts.Failed ?? 0) + (counts.Refused ?? 0) + (counts.Stalled ?? 0),
    },
    // They name policies, which somebody who does not see all of them may not know.
    alarms: shows === undefined ? [...alarmsOf(id), ...(said.alarms ?? [])] : [],
    conditions: conditionsOf([ready, ...(leaving === undefined ? [] : [leavingWith(name, leaving, rows)])], before, {
      observedGeneration: revision,
      nowMs,
    }),
  };
}

function revoked(name: string, sinceMs: number): Stated {
  return {
    type: 'Ready',
    status: 'False',
    reason: 'Revoked',
    message: `The access of ${name} was revoked at ${secondOf(sinceMs)}. What is in it stays as it is. ${revokedHelp(name)}`,
  };
}

/** Shown while it lets go, so that whoever watches knows what is waited for. */
function leavingWith(name: string, { mode, sinceMs }: NonNullable<ClusterFact['leaving']>, rows: readonly PolicyRow[]): Stated {
  const what = mode === 'Retain' ? 'gives back what policies hold there' : 'removes what policies hold there';
  const left = rows.length === 0 ? 'nothing is left of them' : `left: ${rows.map(({ policy }) => policy).join(', ')}`;
  return { type: 'Leaving', status: 'True', reason: mode, message: `Since ${timeOf(sinceMs)} ${name} ${what}; ${left.slice(0, 1_000)}.` };
}

/** Whether the spoke is there. That it is behind is said, and not mixed into it. */
function readiness(name: string, connection: Connection, sync: ClusterStatus['sync']['state']): Stated {
  const type = 'Ready';
  switch (connection.state) {
    case 'offline':
      if (connection.isSilent) {
        return {
          type,
          status: 'False',
          reason: notAnswering,
          message: `${name} is connected, but its spoke does not answer: the process hangs, or does not get to run. Look at it there: kubectl -n accord-system logs deploy/accord-spoke`,
        };
      }
      return {
        type,
        status: 'False',
        reason: 'Offline',
        message: `The spoke of ${name} is not heard. It catches up by itself when it returns; look at it there: kubectl -n accord-system logs deploy/accord-spoke`,
      };
    case 'unknown':
      return {
        type,
        status: 'Unknown',
        reason: 'NotHeardYet',
        message: `The hub has not heard of ${name} yet: it has just joined, or the hub or its nats-server has just started.`,
      };
    case 'live':
      if (sync === 'stuck')
        return {
          type,
          status: 'True',
          reason: 'Stuck',
          message: `${name} is connected and takes nothing that is published, also when asked to look again. Look at its spoke there: kubectl -n accord-system logs deploy/accord-spoke`,
        };
      return sync === 'behind'
        ? { type, status: 'True', reason: 'Behind', message: `${name} is connected and does not have everything yet; it is catching up.` }
        : { type, status: 'True', reason: 'Connected', message: `${name} is connected and has what was published for it.` };
  }
}
