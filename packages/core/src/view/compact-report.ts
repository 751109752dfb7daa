import type { PolicyReport, Problem } from '@accord/proto/messages';

/** Words that many reports share. What is said only once, such as a message with a time in it, must not fill it for ever. */
const words = new Map<string, string>();
const wordsMax = 20_000;
const wordLengthMax = 64;
const noProblems: readonly Problem[] = [];
const nothing: readonly string[] = [];

/**
 * The same report in half the memory: a hub keeps one for each policy on each cluster, a million of them.
 *
 * What a decoder makes has a table of its properties beside it, empty lists of its own, and a copy of every name.
 */
export function compactReport(report: PolicyReport): PolicyReport {
  const { epoch, revision, step, desired, applied, problems, retained, sinceMs, held, heals, leaving, hold } = report;
  return {
    policy: shared(report.policy),
    epoch,
    revision,
    step,
    state: shared(report.state),
    reason: shared(report.reason),
    message: shared(report.message),
    desired,
    applied,
    problems: problems.length === 0 ? noProblems : problems,
    retained: retained.length === 0 ? nothing : retained,
    sinceMs,
    held,
    heals,
    leaving,
    hold: hold === null ? null : { policy: shared(hold.policy), object: hold.object },
  };
}

function shared(text: string): string {
  const known = words.get(text);
  if (known !== undefined) return known;
  if (text.length > wordLengthMax) return text;
  if (words.size >= wordsMax) words.clear();
  words.set(text, text);
  return text;
}
