/** Every metric of a spoke beside those of its process. docs/reference/metrics.md is tested against this list. */
import { states } from '@accord/core/status/states';
import { countedKinds } from '@accord/proto/counted-kinds';
import { countedElsewhere, counter, gauge, histogram, type Metric } from '@accord/runtime/metrics/metric';
import { processMetrics } from '@accord/runtime/processes/process-readings';
import type { ApplyAnswer, RefusalReason, RemoveAnswer, Retry } from '../kube/kube.ts';

/** Records, so that the compiler misses one that is new. */
const results: Readonly<Record<(ApplyAnswer | RemoveAnswer)['outcome'], true>> = {
  ...{ created: true, changed: true, unchanged: true, adoptable: true, removed: true, terminating: true, released: true, absent: true },
  ...{ refused: true, retry: true },
};
const refusals: Readonly<Record<RefusalReason, true>> = {
  ...{ Forbidden: true, Escalation: true, QuotaExceeded: true, NamespaceTerminating: true, GuardRail: true, NotOurs: true },
  ...{ Immutable: true, StaleDocumentRefused: true, Invalid: true, NoSuchKind: true, NamespaceMissing: true, RoleMissing: true },
  ...{ TooLarge: true, FieldConflict: true, BadRequest: true },
};
const retries: Readonly<Record<Retry['reason'], true>> = {
  ...{ Overloaded: true, ServerError: true, Unreachable: true, Conflict: true, Unauthenticated: true, LeaseLost: true },
};

export const spokeMetrics = {
  build: gauge('accord_spoke_build_info', 'Version of the spoke.', { version: 'one, that of the spoke' }),
  left: gauge('accord_spoke_left', '1 when the cluster has left the fleet and the spoke does nothing more.'),
  connected: gauge('accord_spoke_connected', '1 while the spoke is connected to the bus.'),
  caughtUp: gauge('accord_spoke_caught_up', '1 when it has everything that is published for the cluster.'),
  leads: gauge('accord_spoke_leads', '1 while this process may write to the cluster.'),
  policies: gauge('accord_spoke_policies', 'Policies by the state that was told last.', { state: Object.keys(states) }),
  objects: gauge('accord_spoke_objects', 'Objects of policies: wanted, as wanted, and removals that wait for a person.', {
    state: ['desired', 'applied', 'held'],
  }),
  owned: gauge('accord_spoke_owned_objects', 'Objects on the cluster that carry our label.'),
  drifts: gauge('accord_spoke_drifts_open', 'Drifts that are not put right yet.'),
  fights: gauge('accord_spoke_fights', 'Of those, how many wait because somebody undoes the object again and again.'),
  heals: counter('accord_spoke_heals_total', 'Drifts that were put right.', { kind: countedKinds }),
  writes: counter('accord_spoke_writes_total', 'Requests that write or take away an object of a policy, by what came of them.', {
    result: Object.keys(results),
  }),
  refusals: counter('accord_spoke_refusals_total', 'Those that were refused, by reason. FieldConflict and NotOurs are conflicts.', {
    reason: Object.keys(refusals),
  }),
  retries: counter('accord_spoke_retries_total', 'Those that are tried again, by reason.', { reason: Object.keys(retries) }),
  kubeSeconds: histogram('accord_spoke_kube_request_seconds', 'Time of an answer of the API server, without watches.', {
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    labels: { method: ['GET', 'POST', 'PATCH', 'DELETE'] },
  }),
  kubeRequests: counter('accord_spoke_kube_requests_total', 'Answers of the API server; `none` is no answer.', {
    code: ['2xx', '3xx', '4xx', '429', '5xx', 'none'],
  }),
  waiting: gauge('accord_spoke_waiting_outcomes', 'Outcomes that the hub has not got yet.'),
  dropped: countedElsewhere(
    counter('accord_spoke_dropped_outcomes_total', 'Outcomes that were dropped, as more than 256 waited. The state is told all the same.'),
  ),
  loopWaiting: gauge('accord_spoke_loop_keys_waiting', 'Keys that a loop has to look at, now or when it tries again.', {
    loop: 'the loops of the program',
  }),
  tokenExpiry: gauge('accord_spoke_token_expiry_seconds', 'Seconds until the token for the bus ends: negative when it has.'),
} as const;

export const allSpokeMetrics: readonly Metric[] = [spokeMetrics, processMetrics].flatMap(Object.values<Metric>);
