import type { Paint } from '../terminal.ts';

/** One thing that was looked at. What is wrong ends in what to run. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'wrong';
  readonly what: string;
  readonly text: string;
}

const marks = { ok: ['green', 'ok   '], warn: ['yellow', 'warn '], wrong: ['red', 'WRONG'] } as const;

export function renderFindings(findings: readonly Finding[], paint: Paint): readonly string[] {
  const width = Math.max(0, ...findings.map(({ what }) => what.length));
  const lines = findings.map(({ level, what, text }) => `${paint(marks[level][0], marks[level][1])}  ${what.padEnd(width)}  ${text}`);
  return [...lines, '', verdict(findings)];
}

function verdict(findings: readonly Finding[]): string {
  const count = (of: Finding['level']): number => findings.filter(({ level }) => level === of).length;
  const [wrong, warned] = [count('wrong'), count('warn')];
  if (wrong > 0) return `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.`;
  return warned === 0 ? 'Nothing is wrong.' : `Nothing is wrong; ${warned} ${warned === 1 ? 'thing is' : 'things are'} to be looked at.`;
}
