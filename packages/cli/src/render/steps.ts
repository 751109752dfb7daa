import { stageName } from '@accord/core/history/stage-times';
import type { Paint } from '../terminal.ts';
import { renderMs, type OnCluster } from './hops.ts';
import { renderObject } from './object-key.ts';
import { renderTable } from './table.ts';

type Step = OnCluster['steps'][number];
type Stage = OnCluster['stages'][number];

/** What it waited for on the way, or was refused by. */
export function renderStep({ state, reason, message, fromMs, count }: Step): string {
  const because = [reason, message].filter((text) => text !== '').join(': ');
  const often = count > 1 ? ` ×${count}` : '';
  return `${new Date(fromMs).toISOString()}  ${state}${often}${because === '' ? '' : `  ${because}`}`;
}

/** All states in which a change stood on one cluster: since when, until the next, told how often, and what was done in each; and the stages of its apply. */
export function renderSteps({ cluster, state, sentence, because, steps, stages, corrected }: OnCluster, paint: Paint): readonly string[] {
  const head = [`${paint('bold', cluster)}   ${state}`, `  ${sentence}`, `  It is there because ${because}.`];
  if (steps.length === 0) return [...head, '  Nothing was told of it yet.'];
  const rows = steps.map(({ fromMs, count, reason, message, created, changed, removed, ...step }, at) => {
    const next = steps[at + 1]?.fromMs;
    return [
      new Date(fromMs).toISOString(),
      next === undefined ? '-' : renderMs(next - fromMs),
      `${step.state}${count > 1 ? ` ×${count}` : ''}`,
      doneIn({ created, changed, removed }),
      [reason === step.state ? '' : reason, message].filter((text) => text !== '').join(': '),
    ];
  });
  return [
    ...head,
    '',
    ...renderTable([['SINCE', 'FOR', 'STATE', 'DONE', 'BECAUSE'], ...rows]),
    ...renderStages(stages, corrected.acceptedMs),
  ];
}

/** When each stage was written, counted from the call, and which write of it took longest. */
function renderStages(stages: readonly Stage[], acceptedMs: number): readonly string[] {
  if (stages.length === 0) return [];
  const rows = stages.map(({ stage, startMs, endMs, writes, slowest }) => [
    stageName(stage),
    renderMs(startMs - acceptedMs),
    renderMs(endMs - startMs),
    String(writes),
    slowest === null ? '-' : `${slowest.method} ${renderObject(slowest.object)}  ${renderMs(slowest.ms)}  ${slowest.result}`,
  ]);
  return ['', ...renderTable([['STAGE', 'AFTER', 'TOOK', 'WRITES', 'SLOWEST WRITE'], ...rows])];
}

/** `+2 ~1 -3`: objects that were created, changed and removed. */
function doneIn({ created, changed, removed }: Pick<Step, 'created' | 'changed' | 'removed'>): string {
  const counts = [
    ['+', created],
    ['~', changed],
    ['-', removed],
  ] as const;
  return counts.flatMap(([sign, count]) => (count > 0 ? [`${sign}${count}`] : [])).join(' ') || '-';
}
