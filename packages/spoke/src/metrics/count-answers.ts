import type { Meter } from '@accord/runtime/metrics/meter';
import type { Answered } from '../kube/transport.ts';
import { spokeMetrics } from './spoke-metrics.ts';

/** Counts what the API server answers, and how long it took. */
export function countAnswer(meter: Meter, { method, status, tookMs }: Answered): void {
  meter.observe(spokeMetrics.kubeSeconds, tookMs / 1_000, { method });
  const code = status === undefined ? 'none' : status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
  meter.count(spokeMetrics.kubeRequests, 1, { code });
}
