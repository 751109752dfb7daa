import type { PolicyFact } from '../registry/facts.ts';
import type { Reported } from '../view/reported.ts';

/** Whether a cluster that has read the last confirmation of the policy waits for a person all the same. */
export function isAskedAgain(
  { clusters }: Pick<Reported, 'clusters'>,
  { name, revision, step }: Pick<PolicyFact, 'name' | 'revision' | 'step'>,
): boolean {
  return clusters.values().some(({ policies }) => {
    const report = policies.get(name)?.report;
    return report?.reason === 'RemovalBrake' && report.held > 0 && report.revision === revision && report.step === step;
  });
}
