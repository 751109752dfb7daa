import { describe, expect, test } from 'vitest';
import { hasTravelled, propagationOf } from './propagation.ts';

const stamps = { acceptedMs: 100, publishedMs: 110, receivedMs: 120, verifiedMs: 121, compiledMs: 125, appliedMs: 160, reportedMs: 161 };
const shown = (changed: Partial<typeof stamps>): string =>
  propagationOf({ ...stamps, ...changed }, 170)
    .map(({ stage, ms }) => `${stage} ${ms}`)
    .join(', ');

describe('propagationOf', () => {
  test.each<[name: string, changed: Partial<typeof stamps>, stages: string]>([
    ['every stage and the whole', {}, 'publish 10, apply 50, report 10, total 60'],
    ['an end that was not seen leaves out what needs it', { publishedMs: 0 }, 'report 10, total 60'],
    ['a document of a hub that told no acceptance has no whole', { acceptedMs: 0 }, 'apply 50, report 10'],
    ['what rounding makes negative took no time', { appliedMs: 109.5 }, 'publish 10, apply 0, report 60.5, total 9.5'],
  ])('%s', (_name, changed, stages) => expect(shown(changed)).toBe(stages));
});

describe('hasTravelled', () => {
  test.each<[name: string, at: { decidedMs: number; connectedMs: number }, travelled: boolean]>([
    ['a cluster that was there when it was published', { decidedMs: 50, connectedMs: 60 }, true],
    ['one that joined or was relabelled later', { decidedMs: 111, connectedMs: 60 }, false],
    ['one that was away then', { decidedMs: 50, connectedMs: 111 }, false],
  ])('%s', (_name, at, travelled) => expect(hasTravelled(stamps, at)).toBe(travelled));
});
