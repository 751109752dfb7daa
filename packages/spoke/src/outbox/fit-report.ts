import type { Heal, PolicyOutcome, PolicyReport } from '@accord/proto/messages';

export interface OutcomeParts {
  readonly policies: readonly PolicyOutcome[];
  readonly heals: readonly Heal[];
}

/**
 * Outcomes that together say the same and are smaller. Where one policy alone is too much it says less: no times of stages and fewer
 * problems, as its state and its counts are what must come through. Undefined when there is nothing left to leave out.
 */
export function halveOutcome({ policies, heals }: OutcomeParts): readonly OutcomeParts[] | undefined {
  if (policies.length > 1)
    return [...halves(policies).map((half) => ({ policies: half, heals: [] })), ...(heals.length > 0 ? [{ policies: [], heals }] : [])];
  if (policies.length === 1 && heals.length > 0)
    return [
      { policies, heals: [] },
      { policies: [], heals },
    ];
  if (heals.length > 1) return halves(heals).map((half) => ({ policies: [], heals: half }));
  const [policy] = policies;
  const report = policy?.report;
  if (policy === undefined || report === null || report === undefined) return undefined;
  const shorter = shortenReport(report, Math.floor(report.problems.length / 2));
  if (shorter === report && policy.stages.length === 0) return undefined;
  return [{ policies: [{ ...policy, report: shorter, stages: [] }], heals: [] }];
}

/** At most so many problems, and with none of them no list of what was kept either. The report itself when it is short enough. */
export function shortenReport(report: PolicyReport, problemsMax: number): PolicyReport {
  const retained = problemsMax === 0 ? [] : report.retained;
  if (report.problems.length <= problemsMax && report.retained.length === retained.length) return report;
  return { ...report, problems: report.problems.slice(0, problemsMax), retained };
}

function halves<T>(all: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(all.length / 2);
  return [all.slice(0, middle), all.slice(middle)];
}
