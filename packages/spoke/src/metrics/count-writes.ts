import type { Meter } from '@accord/runtime/metrics/meter';
import type { ApplyAnswer, Kube, RemoveAnswer } from '../kube/kube.ts';
import { withWrites } from '../kube/with-writes.ts';
import { spokeMetrics } from './spoke-metrics.ts';

/** The same API server for whoever writes objects of policies, with its answers counted. */
export function countingWrites(kube: Kube, meter: Meter): Kube {
  const counted = async <Answer extends ApplyAnswer | RemoveAnswer>(asked: Promise<Answer>): Promise<Answer> => {
    const answer = await asked;
    meter.count(spokeMetrics.writes, 1, { result: answer.outcome });
    if (answer.outcome === 'refused') meter.count(spokeMetrics.refusals, 1, { reason: answer.reason });
    if (answer.outcome === 'retry') meter.count(spokeMetrics.retries, 1, { reason: answer.reason });
    return answer;
  };
  return withWrites(kube, {
    // What is only compared is sent as well, and writes nothing.
    apply: (ref, body, options, signal) => {
      const asked = kube.apply(ref, body, options, signal);
      return options.dryRun === true ? asked : counted(asked);
    },
    remove: (ref, condition, signal, options = {}) => {
      const asked = kube.remove(ref, condition, signal, options);
      return options.dryRun === true ? asked : counted(asked);
    },
    release: (...asked) => counted(kube.release(...asked)),
    patch: (...asked) => counted(kube.patch(...asked)),
  });
}
