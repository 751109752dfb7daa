import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetMetrics, hubMetrics, outcomeMetrics } from '@accord/hub/metrics/hub-metrics';
import type { Metric } from '@accord/runtime/metrics/metric';
import { processMetrics } from '@accord/runtime/processes/process-readings';
import { spokeMetrics } from '@accord/spoke/metrics/spoke-metrics';
import { describe, expect, test } from 'vitest';
import { rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';

const reference = readFileSync(join(root, 'docs/reference/metrics.md'), 'utf8');

const tables: readonly (readonly [heading: string, metrics: readonly Metric[]])[] = [
  ['## The fleet', Object.values<Metric>(fleetMetrics)],
  ['## What happened', Object.values<Metric>(outcomeMetrics)],
  ['## The hub itself', Object.values<Metric>(hubMetrics)],
  ['## The spoke', Object.values<Metric>(spokeMetrics)],
  ['## Both processes', Object.values<Metric>(processMetrics)],
];
const all = tables.flatMap(([, metrics]) => metrics);

test.each(tables)('docs/reference/metrics.md has below %s what is defined, and no other', (heading, metrics) => {
  expect(rowsBelow(reference, heading)).toEqual(metrics.map(rowOf));
});

describe('metrics', () => {
  test('end as their type and unit ask for it', () => {
    const misnamed = all.filter(({ name, type }) => (type === 'counter') !== name.endsWith('_total'));
    expect(misnamed).toEqual([]);
    const unitless = all.filter(({ name, type }) => type === 'histogram' && !/_(seconds|bytes)$/.test(name));
    expect(unitless).toEqual([]);
  });

  test('say what they are in a sentence', () => {
    expect(all.filter(({ help }) => !/^[A-Z0-9].*\.$|: negative when it has\.$/.test(help) || help.includes('\n'))).toEqual([]);
  });
});

/** As the reference has it. */
function rowOf({ name, type, labels, help }: Metric): readonly string[] {
  const described = Object.entries(labels).map(([label, values]) =>
    typeof values === 'string' ? `\`${label}\`: ${values}` : `\`${label}\`: ${values.join(', ')}`,
  );
  return [`\`${name}\``, type, described.join('; ') || '–', help];
}
