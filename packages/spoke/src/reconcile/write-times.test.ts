import { objectKey, type PolicyName } from '@accord/proto/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WriteTimes, type TimedWrite } from './write-times.ts';

const [p, q] = ['p' as PolicyName, 'q' as PolicyName];
const write = (name: string, startMs: number, endMs: number, over: Partial<TimedWrite> = {}): TimedWrite => ({
  ...{ object: objectKey('', 'ConfigMap', 'team', name), method: 'PATCH', startMs, endMs, result: 'changed' },
  ...over,
});
const lines = (times: WriteTimes, policy: PolicyName): readonly string[] =>
  times.of(policy).map(({ stage, startMs, endMs, writes, slowest }) => {
    const { method, object, ms, result } = slowest ?? {};
    return `${stage}: ${startMs}-${endMs} ×${writes}, ${method} ${object} ${ms} ${result}`;
  });

test('each stage is told from its first write to the last answer, with its slowest write', () => {
  const times = new WriteTimes();
  const own = { owner: p, contributors: [p] };
  times.noteRemoval(p, write('old', 40, 45, { method: 'DELETE', result: 'removed' }));
  times.noteApply({ ...own, stage: 5 }, write('a', 20, 24));
  times.noteApply({ ...own, stage: 5 }, write('b', 12, 22, { result: 'Forbidden' }));
  times.noteApply({ ...own, stage: 2 }, write('n', 1, 3));
  expect(lines(times, p)).toEqual([
    '2: 1-3 ×1, PATCH /ConfigMap/team/n 2 changed',
    '5: 12-24 ×2, PATCH /ConfigMap/team/b 10 Forbidden',
    '8: 40-45 ×1, DELETE /ConfigMap/team/old 5 removed',
  ]);
});

test('what is shared was written for each that wants it, once', () => {
  const times = new WriteTimes();
  times.noteApply({ owner: p, contributors: [p, q], stage: 2 }, write('n', 1, 3));
  times.noteApply({ owner: p, contributors: [q], stage: 2 }, write('m', 3, 4));
  for (const policy of [p, q]) expect(lines(times, policy)).toEqual(['2: 1-4 ×2, PATCH /ConfigMap/team/n 2 changed']);
});

test('property: whatever was written, a policy has at most eight stages, and each holds its slowest write', () => {
  const ms = fc.nat({ max: 1_000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.boolean(), ms, ms), { maxLength: 60 }), (all) => {
      const times = new WriteTimes();
      for (const [stage, isRemoval, startMs, tookMs] of all) {
        const told = write('a', startMs, startMs + tookMs);
        if (isRemoval) times.noteRemoval(p, told);
        else times.noteApply({ owner: p, contributors: [p], stage }, told);
      }
      const stages = times.of(p);
      expect(stages.length).toBeLessThanOrEqual(8);
      expect(stages.reduce((sum, { writes }) => sum + writes, 0)).toBe(all.length);
      for (const { startMs, endMs, slowest } of stages) {
        expect(slowest?.startMs).toBeGreaterThanOrEqual(startMs);
        expect((slowest?.startMs ?? 0) + (slowest?.ms ?? 0)).toBeLessThanOrEqual(endMs);
      }
      expect(Math.max(0, ...stages.map(({ slowest }) => slowest?.ms ?? 0))).toBe(Math.max(0, ...all.map(([, , , tookMs]) => tookMs)));
    }),
  );
});
