/** Every metric of the hub. docs/reference/metrics.md is tested against this list. */
import { propagationStages } from '@accord/core/history/propagation';
import { states } from '@accord/core/status/states';
import { nearlyFullPercent } from '@accord/core/usage/quota-usage';
import { countedKinds } from '@accord/proto/counted-kinds';
import { streams } from '@accord/proto/subjects';
import { syncStates } from '@accord/proto/sync-state';
import { countedElsewhere, counter, gauge, histogram, level, type Metric } from '@accord/runtime/metrics/metric';
import { processMetrics } from '@accord/runtime/processes/process-readings';
import { alarmCodes } from '../alarms/alarm-book.ts';

const policyStates = [...Object.keys(states), 'other'];
/** As rows are counted. */
export const rowStates: readonly string[] = [...Object.keys(states), 'Offline', 'Behind', 'Stuck'];
const streamNames = { stream: streams };
/** From a hop on one machine to a cluster that is reached over a slow line. */
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** What is and what should be, read when it is asked for. */
export const fleetMetrics = {
  build: gauge('accord_build_info', 'Version of the hub.', { version: 'one, that of the hub' }),
  ready: gauge('accord_ready', '1 while the hub takes and publishes changes; /readyz says why not.'),
  clusters: gauge('accord_clusters', 'Clusters by connection.', { state: ['live', 'offline', 'unknown'] }),
  sync: gauge('accord_clusters_sync', 'Clusters by whether they have everything that was published for them.', {
    sync: syncStates,
  }),
  policies: gauge('accord_policies', 'Policies.'),
  rows: gauge('accord_policy_rows', 'Policies on clusters by state; a row that is offline, behind or stuck is counted as that.', {
    state: rowStates,
  }),
  removalsHeld: gauge('accord_removals_held', 'Objects that clusters would remove and that wait for a person.'),
  quotaUsed: gauge('accord_quota_used_ratio', `What is used of quotas of policies, from ${nearlyFullPercent / 100} on.`, {
    cluster: 'the 200 fullest quotas',
    namespace: 'as above',
    quota: 'as above',
    resource: 'as above',
  }),
  alarms: gauge('accord_alarms', 'Alarms of the hub that are raised now.', { alarm: alarmCodes }),
  clusterAlarms: gauge('accord_cluster_alarms', 'Alarms that clusters report now.'),
  intentSequence: gauge('accord_intent_sequence', 'Sequence of the last fact that was folded.'),
  epoch: gauge('accord_epoch', 'Epoch of desired state.'),
} as const;

/** What happened since the hub was started. What clusters told while no hub ran is in the history, and not in these. */
export const outcomeMetrics = {
  propagation: histogram('accord_propagation_seconds', 'From a change being accepted to its being applied on a cluster.', {
    buckets: secondsBuckets,
  }),
  propagationStage: histogram(
    'accord_propagation_stage_seconds',
    'The same in stages: accepted to published, published to applied, applied to known at the hub.',
    { buckets: secondsBuckets, labels: { stage: propagationStages } },
  ),
  late: counter(
    'accord_late_applies_total',
    'Applies of what was published before the cluster came, was relabelled or connected. They are in no histogram.',
  ),
  outcomes: counter('accord_outcomes_total', 'Policies on clusters as outcomes told them, by state.', { state: policyStates }),
  objects: counter('accord_objects_total', 'Objects that clusters wrote, as outcomes told them.', {
    done: ['created', 'changed', 'removed'],
  }),
  problems: counter('accord_object_problems_total', 'Objects that were not as wanted after a pass, by state.', { state: policyStates }),
  conflicts: counter('accord_object_conflicts_total', 'Objects that somebody else holds or writes, of those problems.'),
  drifts: counter('accord_drifts_total', 'Drifts that were only seen, as the policy or the cluster is in Inform.', { kind: countedKinds }),
  heals: counter('accord_heals_total', 'Drifts that spokes undid.', { kind: countedKinds }),
  healSeconds: histogram('accord_heal_seconds', 'From a drift being seen to its being undone, by the clock of the cluster.', {
    buckets: secondsBuckets,
  }),
  historyMissing: counter('accord_history_missing_outcomes_total', 'Outcomes that the history will never have.', {
    reason: ['Lost', 'RateLimited', 'other'],
  }),
} as const;

/** How the hub itself is. */
export const hubMetrics = {
  factsRefused: countedElsewhere(counter('accord_facts_refused_total', 'Facts on the bus that no hub of ours signed.')),
  messagesRefused: countedElsewhere(
    counter('accord_messages_refused_total', 'Messages of clusters that could not be believed.', {
      cluster: 'clusters that sent such messages, 100 at most; the rest together as `other`',
    }),
  ),
  requests: counter('accord_http_requests_total', 'Requests that were answered.', {
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'other'],
    route: 'the routes that there are, as patterns; `unknown` for all others',
    code: 'statuses that the hub answers',
  }),
  requestSeconds: histogram('accord_http_request_seconds', 'Time to the answer, without watches and event streams.', {
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30],
    labels: { route: 'as above' },
  }),
  open: level('accord_http_streams_open', 'Answers that stay open.', { kind: ['events', 'watch'] }),
  connections: gauge('accord_connections', 'Connections of spokes to the bus.'),
  revocations: gauge('accord_revocations', 'Keys of spokes that are revoked now.'),
  revocationsMax: gauge('accord_revocations_max', 'Keys that can be revoked at once.'),
  busConnected: gauge('accord_bus_connected', '1 while the hub has its bus.'),
  streamMessages: gauge('accord_stream_messages', 'Messages in a stream, at most 10 s ago.', streamNames),
  streamBytes: gauge('accord_stream_bytes', 'Size of a stream, at most 10 s ago.', streamNames),
  streamBytesMax: gauge('accord_stream_bytes_max', 'Bound of a stream that has one; then the oldest goes.', streamNames),
  diskFree: gauge('accord_disk_free_bytes', 'Room on the disk of the streams. Below 32 MiB the hub takes no changes.'),
  historyWaiting: gauge('accord_history_waiting', 'What the history is told and has not stored yet.', {
    queue: ['outcome', 'publish', 'presence', 'audit'],
  }),
  historyLag: gauge('accord_history_lag_messages', 'Messages of a stream that the history has not read yet, at most 10 s ago.', {
    stream: ['OUTCOMES', 'HISTORY'],
  }),
  loopWaiting: gauge('accord_loop_keys_waiting', 'Keys that a loop has to look at, now or when it tries again.', {
    loop: 'the loops of the program',
  }),
  expiry: gauge('accord_expiry_seconds', 'Seconds until something ends: negative when it has.', {
    what: ['serving-certificate', 'hub-login', 'system-login', 'api-token'],
  }),
} as const;

export const allHubMetrics: readonly Metric[] = [fleetMetrics, outcomeMetrics, hubMetrics, processMetrics].flatMap(Object.values<Metric>);
