import { expect, test } from 'vitest';
import { renderMetrics } from '../metrics/render-metrics.ts';
import { processMetrics, readProcess } from './process-readings.ts';

test('tells what the process uses, in the units of the names', () => {
  const text = renderMetrics(Object.values(processMetrics), readProcess());
  const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  expect(valueOf('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  expect(valueOf('nodejs_heap_size_used_bytes')).toBeLessThan(valueOf('nodejs_heap_size_total_bytes'));
  expect(valueOf('process_start_time_seconds')).toBeLessThan(Date.now() / 1000);
  expect(valueOf('process_cpu_seconds_total')).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(valueOf('process_open_fds')).toBeGreaterThan(2);
});
