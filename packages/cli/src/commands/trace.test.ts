import { describe, expect, test } from 'vitest';
import { changeOn, seenOn, waitingOn } from '../render/example-timeline.ts';
import { speak, type Script, type Spoken } from '../scripted-hub.ts';
import { rowOf } from '../status/example-incident.ts';

const change = changeOn(seenOn('eu-1', {}, 1080), waitingOn('eu-2', 'Failed', 'exceeded \u001b[2J quota'));
const rows = (...states: readonly string[]): Script => ({
  'GET /v1/policies/pay/clusters': {
    body: { items: states.map((state, n) => rowOf('pay', 2, `eu-${n + 1}`, { state })), counts: {}, total: states.length },
  },
});
const trace = (words: string, body: object = change, more: Script = {}): Promise<Spoken> =>
  speak(['trace', 'pay@2', ...words.split(' ').filter((word) => word !== '')], { 'GET /v1/changes/pay%402': { body }, ...more });

describe('trace', () => {
  test('a name means its last change', async () => {
    const script: Script = {
      'GET /v1/changes?policy=pay&limit=1': { body: { items: [change], kept: {} } },
      'GET /v1/changes/pay%402': { body: changeOn() },
    };
    expect((await speak(['trace', 'pay'], script)).out).toBe(
      'pay@2   PolicyChanged by admin at 2026-11-24T15:00:00.000Z\nIt reaches no cluster, or none has answered yet.\n',
    );
  });

  test('shows no control character of what a cluster said', async () => {
    const { code, out } = await trace('');
    expect({ code, escaped: out.includes('exceeded \\u001b[2J quota'), raw: out.includes('\u001b') }).toEqual({
      code: 0,
      escaped: true,
      raw: false,
    });
  });

  test('--steps of a cluster whose name is nearly right names it', async () => {
    const { code, err } = await trace('--steps eu1');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'error: pay@2 is not for a cluster called "eu1". Did you mean: accord trace pay@2 --steps eu-1\n',
    });
  });

  const cases: [claim: string, words: string, states: string[], code: number][] = [
    ['ends with 0 once all have applied', '-w', ['Applied', 'Applied'], 0],
    ['ends with 1 where a cluster is held up', '-w', ['Applied', 'Failed'], 1],
    ['ends with 3 when the time is over first', '-w --timeout 200ms', ['Applied', 'Pending'], 3],
  ];
  test.each(cases)('-w %s', async (_claim, words, states, code) => {
    const spoken = await trace(words, change, rows(...states));
    expect({ code: spoken.code, first: spoken.out.split('\n')[0] }).toEqual({ code, first: expect.stringMatching(/^pay@2 /) as string });
  });

  test('-w -o json gives nothing but JSON on standard output', async () => {
    const { out } = await trace('-w -o json', change, rows('Applied'));
    expect(JSON.parse(out)).toMatchObject({ id: 'pay@2' });
  });

  test('-w does not wait for what a newer revision has taken the place of', async () => {
    const { code, err } = await trace('-w', { ...change, supersededBy: 'pay@3' });
    expect({ code, err }).toEqual({ code: 3, err: 'pay@2 is not waited for, because pay@3 came after it: accord trace pay@3 -w\n' });
  });
});
