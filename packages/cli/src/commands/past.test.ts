import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const at = '2026-11-24T15:00:00.000Z';
const kept = { factsSince: at };
const revision = { policy: 'pay', revision: 1, type: 'PolicyCreated', change: 'pay@1', at, actor: 'ann', reason: 'first', source: '' };
const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
const spec = { clusterSelector: {} };
const stored = { status: 200, headers: { 'accord-change': 'pay@3' }, body: { metadata: { name: 'pay', generation: 3 }, spec } };
const diffOf = (differences: readonly object[]): Script => ({
  'GET /v1/policies/pay/diff?from=1&to=2': { body: { policy: 'pay', from: 1, to: 2, differences } },
});

describe('diff', () => {
  test('shows both sides, and tells the shell that they differ', async () => {
    const script = diffOf([
      { path: '.spec.a', from: 1, to: 2 },
      { path: '.spec.b', to: 'new' },
    ]);
    const { code, out } = await speak(['diff', 'pay@1', 'pay@2'], script);
    expect([code, out]).toEqual([1, '--- pay@1\n+++ pay@2\n- .spec.a: 1\n+ .spec.a: 2\n+ .spec.b: "new"\n']);
  });

  test('of what is the same is nothing, and 0', async () => {
    const { code, out, err } = await speak(['diff', 'pay@1', 'pay@2'], diffOf([]));
    expect([code, out, err]).toEqual([0, '', 'pay@1 and pay@2 say the same.\n']);
  });

  test.each([
    [['diff', 'pay', 'pay@2'], 'POLICY@REVISION'],
    [['diff', 'pay@1', 'shop@2'], 'of one policy'],
    [['get', 'policies', '--at', '2h'], '--at takes one cluster'],
    [['get', 'revisions'], 'Name one policy'],
  ])('%j is a mistake', async (words, said) => {
    const { code, err, heard } = await speak(words, {});
    expect([code, err.includes(said), heard]).toEqual([2, true, []]);
  });
});

describe('revert', () => {
  const past = { ...revision, deleted: false, labels: { team: 'a' }, annotations: {}, spec };
  const script: Script = {
    'GET /v1/policies/pay/revisions/1': { body: past },
    [`GET ${policies}/pay`]: { body: { metadata: { name: 'pay', generation: 2 }, spec: { clusterSelector: {}, suspended: true } } },
    [`PUT ${policies}/pay?fieldManager=accord`]: stored,
  };

  test('writes what the policy said then, as any write', async () => {
    const { code, out, heard } = await speak(['revert', 'pay@1'], script);
    expect([code, out]).toEqual([0, 'clusterpolicy/pay reverted to pay@1 (pay@3)\n']);
    const [, body = ''] = /^PUT \S+ (.*)$/.exec(heard.find((line) => line.startsWith('PUT')) ?? '') ?? [];
    expect(JSON.parse(body)).toMatchObject({ metadata: { name: 'pay', labels: { team: 'a' } }, spec });
  });

  test('to the end of a policy is refused, and nothing is written', async () => {
    const { code, err, heard } = await speak(['revert', 'pay@1'], {
      'GET /v1/policies/pay/revisions/1': { body: { ...past, deleted: true } },
    });
    expect([code, err.includes('accord delete policy pay'), heard.some((line) => line.startsWith('PUT'))]).toEqual([1, true, false]);
  });
});

test('get revisions is a table', async () => {
  const { out } = await speak(['get', 'revisions', 'pay'], { 'GET /v1/policies/pay/revisions': { body: { items: [revision] } } });
  expect(out.split('\n')[1]).toBe(`pay@1      ${at}   ann     PolicyCreated   first`);
});

test('get cluster --at shows what it was told beside what it had, and what is missing', async () => {
  const told = [{ policy: 'pay', revision: 2, step: 0, change: 'pay@2', acceptedAt: at }];
  const had = [{ policy: 'pay', revision: 1, state: 'Applied', reason: '', message: '', desired: 1, applied: 1, reportedAt: at }];
  const gaps = [{ boot: 1, firstN: 2, lastN: 4, size: 3, reason: 'Lost' }];
  const cluster = { cluster: 'eu', id: 'x', at, labels: { env: 'prod' }, mode: 'Enforce', paused: false, revision: 1, connection: 'live' };
  const script = { 'GET /v1/clusters/eu?at=2h': { body: { ...cluster, told, had, gaps, kept } } };
  const { out } = await speak(['get', 'cluster', 'eu', '--at', '2h'], script);
  expect(out.split('\n')).toEqual([
    `eu at ${at}: live, Enforce; env=prod`,
    'POLICY   TOLD   HAD   STATE     REPORTED                   REASON',
    `pay      @2     @1    Applied   ${at}   -`,
    '3 of its reports never came; what they said is not in here.',
    '',
  ]);
});

test('drift names who did it, the latest last, and shows no control character of a cluster', async () => {
  const drift = {
    cluster: 'eu',
    policy: 'pay',
    object: '/ConfigMap/team/a',
    kind: 'healed',
    operation: 'Update',
    message: '',
    reportedAt: at,
  };
  const items = [
    {
      ...drift,
      cause: 'FieldsChanged',
      writtenAt: '2026-11-24T15:59:59.000Z',
      manager: 'kubectl\u001b[31m',
      fields: ['.data.x'],
      healedAt: '2026-11-24T16:00:00.000Z',
    },
    { ...drift, manager: 'helm', fields: [], healedAt: at },
  ];
  const { out } = await speak(['drift', '--cluster', 'eu'], { 'GET /v1/drift?limit=50&cluster=eu': { body: { items, kept } } });
  const lines = out.split('\n');
  expect([lines[1]?.includes('helm Update'), lines[2]?.includes('.data.x'), out.includes('\u001b')]).toEqual([true, true, false]);
  expect(lines[2]).toMatch(/ FieldsChanged +kubectl.* Update +2026-11-24T15:59:59.000Z +\.data\.x$/);
});
