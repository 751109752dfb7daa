import { spanOfOutcome } from '@accord/core/history/cluster-spans';
import type { ClusterId } from '@accord/proto/ids';
import type { PolicyOutcome } from '@accord/proto/messages';
import type { LogFields } from '@accord/runtime/log';

/** What a line of the log says of an outcome, with the ids of the span that the hub makes of it. */
export function changeFields(cluster: ClusterId, { report, change }: PolicyOutcome): LogFields {
  const { policy = '', state = '', reason = '' } = report ?? {};
  const named = { policy, state, ...(reason !== '' && { reason }) };
  if (change === null || change.id === '') return named;
  return { ...named, change: change.id, ...spanOfOutcome({ change: change.id, traceparent: change.traceparent, cluster, state }) };
}
