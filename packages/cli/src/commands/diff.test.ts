import { describe, expect, test } from 'vitest';
import { speak, type Script, type Spoken } from '../scripted-hub.ts';

const path = '/apis/accord.dev/v1alpha1/clusterpolicies/pay';
const dryRun = `PUT ${path}?fieldManager=accord&dryRun=All`;
const file = 'apiVersion: accord.dev/v1alpha1\nkind: ClusterPolicy\nmetadata: {name: pay}\nspec: {clusterSelector: {}}\n';
const stored = (description: string): object => ({
  metadata: { name: 'pay', generation: 2, labels: {}, annotations: {} },
  spec: { description, priority: 100 },
});
const effect = {
  ...{ lint: [], warnings: [], selected: ['eu-1', 'us-1'], notSelected: [], objects: {}, change: { add: 1, change: 2, remove: 3 } },
  access: { gained: [{ cluster: 'eu-1', subject: 'User ann', role: 'edit', namespace: '' }], lost: [] },
};
const hub = (before: object | undefined, after: object): Script => ({
  ...(before !== undefined && { [`GET ${path}`]: { body: before } }),
  [dryRun]: { body: after },
  'POST /v1/preview': { body: effect },
});
const diff = (script: Script, ...words: readonly string[]): Promise<Spoken> =>
  speak(['diff', '-f', '-', ...words], script, { stdin: file });

describe('diff -f', () => {
  test('what is the same is 0 and nothing is printed, and nothing is stored', async () => {
    const { code, out, heard } = await diff(hub(stored('a'), stored('a')));
    expect({ code, out, writes: heard.filter((line) => !line.startsWith('GET') && !line.includes('dryRun=All')) }).toEqual({
      code: 0,
      out: '',
      writes: [],
    });
  });

  test('what differs is 1, field by field as the hub would store it', async () => {
    const { code, out } = await diff(hub(stored('a'), stored('b')));
    expect({ code, out: out.split('\n') }).toEqual({
      code: 1,
      out: [
        '--- clusterpolicy/pay at the hub',
        '+++ clusterpolicy/pay in stdin:1:1',
        '- .spec.description: "a"',
        '+ .spec.description: "b"',
        '',
      ],
    });
  });

  test('what the hub does not have is all new', async () => {
    const { code, out } = await diff(hub(undefined, stored('b')));
    expect([code, out.split('\n')[0], out.includes('+   description: b')]).toEqual([1, '--- /dev/null', true]);
  });

  test('a refusal is 2, which no difference is', async () => {
    const refusal = { kind: 'Status', message: 'spec is invalid. Correct it.', reason: 'Invalid' };
    const { code, out, err } = await diff({ [`GET ${path}`]: { body: stored('a') }, [dryRun]: { status: 422, body: refusal } });
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: 'error: stdin:1:1: spec is invalid. Correct it.\n' });
  });

  test('control characters of the hub are shown and not sent', async () => {
    const { out } = await diff(hub(stored('a'), stored('\u001b[2J\u202e')));
    expect([out.includes('\u001b'), out.includes('\u202e'), out.includes('\\u001b[2J\\u202e')]).toEqual([false, false, true]);
  });

  test('as Markdown it says how far it reaches, inside of a fence that nothing in it closes', async () => {
    const { code, out } = await diff(hub(stored('a'), stored('````')), '--format', 'markdown');
    expect({ code, out: out.split('\n') }).toEqual({
      code: 1,
      out: [
        '### clusterpolicy/pay',
        '',
        '**2 clusters**: 1 objects to add, 2 to change, 3 to remove; access: 1 gained, 0 lost',
        '',
        '`````diff',
        '- .spec.description: "a"',
        '+ .spec.description: "````"',
        '`````',
        '',
      ],
    });
  });

  test('-o json has the differences and what they would do', async () => {
    const { out } = await diff(hub(stored('a'), stored('b')), '-o', 'json');
    expect(JSON.parse(out)).toEqual([
      {
        ...{ kind: 'ClusterPolicy', name: 'pay', at: 'stdin:1:1', isNew: false, clusters: 2, change: effect.change, access: effect.access },
        differences: [{ path: '.spec.description', from: 'a', to: 'b' }],
      },
    ]);
  });

  test.each([['diff'], ['diff pay@1'], ['diff pay@1 pay@2 -f -']])('%s is a usage error', async (words) => {
    expect((await speak(words.split(' '), {})).code).toBe(2);
  });
});
