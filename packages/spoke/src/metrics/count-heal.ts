import { keyParts, type ObjectKey } from '@accord/proto/ids';
import type { Heal } from '@accord/proto/messages';
import type { Meter } from '@accord/runtime/metrics/meter';
import { spokeMetrics } from './spoke-metrics.ts';

export function countHeal(meter: Meter, { object }: Heal): void {
  meter.count(spokeMetrics.heals, 1, { kind: keyParts(object as ObjectKey).kind });
}
