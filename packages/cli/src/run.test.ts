import { describe, expect, test } from 'vitest';
import type { Row } from '@accord/proto/api';
import { runHere, speak, type Script } from './scripted-hub.ts';

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
const written = 'apiVersion: accord.dev/v1alpha1\nkind: ClusterPolicy\nmetadata: {name: pay}\nspec: {}\n';
const stored = (revision: number): unknown => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name: 'pay', generation: revision, resourceVersion: String(revision) },
  spec: { priority: revision },
});
const row = (change: Partial<Row> = {}): Row => ({
  policy: 'pay',
  cluster: 'eu-1',
  clusterId: 'id',
  state: 'Applied',
  reason: '',
  message: '',
  sentence: `pay@2 is at eu-1.`,
  selected: true,
  revision: 2,
  reportedRevision: 2,
  desired: 1,
  applied: 1,
  held: 0,
  heals: 0,
  problems: [],
  retained: [],
  connection: 'live',
  sync: 'current',
  ...change,
});
const applied = (...rows: readonly Row[]): Script => ({
  [`GET ${policies}/pay`]: { body: stored(1) },
  [`PUT ${policies}/pay?fieldManager=accord`]: {
    body: stored(2),
    headers: { 'accord-change': 'pay@2', warning: '299 - "spec.epoch is set by the hub; left out"' },
  },
  'GET /v1/policies/pay/clusters': { body: { items: rows, counts: {}, total: rows.length } },
});

describe('apply', () => {
  test('says what became of each object, and what the hub wonders about', async () => {
    const { code, out, err } = await speak(['apply', '-f', '-'], applied(), { stdin: written });
    expect({ code, out, err }).toEqual({
      code: 0,
      out: 'clusterpolicy/pay configured (pay@2)\n',
      err: 'warning: spec.epoch is set by the hub; left out\n',
    });
  });

  test('what the hub has already is unchanged', async () => {
    const script: Script = {
      [`GET ${policies}/pay`]: { body: stored(2) },
      [`PUT ${policies}/pay?fieldManager=accord`]: { body: stored(2) },
    };
    expect((await speak(['apply', '-f', '-'], script, { stdin: written })).out).toBe('clusterpolicy/pay unchanged\n');
  });

  test('a dry run asks for one', async () => {
    const script: Script = { [`PUT ${policies}/pay?fieldManager=accord&dryRun=All`]: { body: stored(1), status: 201 } };
    expect((await speak(['apply', '--dry-run', '-f', '-'], script, { stdin: written })).out).toBe('clusterpolicy/pay created (dry run)\n');
  });

  test('a mistake is told with line and column, and nothing is sent', async () => {
    const { code, err, heard } = await speak(['apply', '-f', '-'], applied(), { stdin: `${written}---\nkind: [\n` });
    expect({ code, heard }).toEqual({ code: 1, heard: [] });
    expect(err).toMatch(/^error: stdin:7:1: .*\. Nothing was sent\. Correct this and run it again\.\n$/);
  });

  test('one refused object does not keep the next from being written', async () => {
    const refusal = { kind: 'Status', message: 'no\n* spec.priority: too high', reason: 'Invalid', code: 422 };
    const script: Script = { ...applied(), [`PUT ${policies}/bad?fieldManager=accord`]: { status: 422, body: refusal } };
    const { code, out, err } = await speak(['apply', '-f', '-'], script, { stdin: `${written.replace('pay', 'bad')}---\n${written}` });
    expect({ code, out }).toEqual({ code: 1, out: 'clusterpolicy/pay configured (pay@2)\n' });
    expect(err).toContain('error: stdin:1:1: no\n  * spec.priority: too high\n');
  });

  const waits: readonly [name: string, flags: readonly string[], rows: readonly Row[], code: number, summary: string][] = [
    ['all applied is 0', [], [row(), row()], 0, 'pay: 2/2 applied in'],
    [
      'a failure is 1',
      [],
      [row(), row({ state: 'Failed' }), row({ connection: 'offline' })],
      1,
      'pay: 1/3 applied · 1 offline (last known: applied) · 1 failed in',
    ],
    [
      'not in time is 3',
      ['--timeout', '10ms'],
      [row({ state: 'Applying' }), row({ state: 'Failed' })],
      3,
      'pay: 0/2 applied · 1 failed after',
    ],
    ['a report about the revision before is not done', ['--timeout', '10ms'], [row({ reportedRevision: 1 })], 3, 'pay: 0/1 applied after'],
    [
      'what a cluster says about this revision counts, though it is behind with others',
      [],
      [row({ sync: 'behind' })],
      0,
      'pay: 1/1 applied in',
    ],
    [
      'only offline clusters left is 4',
      [],
      [row(), row({ connection: 'offline' })],
      4,
      'pay: 1/2 applied · 1 offline (last known: applied) in',
    ],
    [
      'offline clusters that are allowed are 0',
      ['--allow-offline', '1'],
      [row(), row({ connection: 'offline' })],
      0,
      'pay: 1/2 applied · 1 offline (last known: applied) in',
    ],
    [
      'one more than allowed is 4',
      ['--allow-offline', '1'],
      [row({ connection: 'offline' }), row({ connection: 'offline' })],
      4,
      'pay: 0/2',
    ],
    [
      'however many are allowed by all',
      ['--allow-offline', 'all'],
      [row({ connection: 'offline' }), row({ connection: 'offline' })],
      0,
      'pay: 0/2',
    ],
    ['no cluster at all is 0', [], [], 0, 'pay: 0/0 applied in'],
  ];
  test.each(waits)('waiting: %s', async (_name, flags, rows, code, summary) => {
    const spoken = await speak(['apply', '--wait', ...flags, '-f', '-'], applied(...rows), { stdin: written });
    expect({ code: spoken.code, out: spoken.out }).toEqual({ code, out: expect.stringContaining(summary) as string });
  });

  test('an event ends the pause, and every change of the counts is a line where there is no terminal', async () => {
    let looks = 0;
    let toldAt = Infinity;
    let tell = (): void => undefined;
    const script: Script = {
      ...applied(),
      'GET /v1/events': (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        tell = () => response.write(`data: ${JSON.stringify({ type: 'row', row: row(), change: 'pay@2' })}\n\n`);
      },
      'GET /v1/policies/pay/clusters': (_request, response) => {
        looks += 1;
        const state = toldAt === Infinity ? 'Applying' : 'Applied';
        response.writeHead(200).end(JSON.stringify({ items: [row({ state })], counts: {}, total: 1 }));
        // After the fifth look it would pause for 800 ms.
        if (looks === 5) setImmediate(() => ((toldAt = performance.now()), tell()));
      },
    };
    const { code, err } = await speak(['apply', '--wait', '-f', '-'], script, { stdin: written });
    expect({ code, lines: err.split('\n').slice(1, 3) }).toEqual({ code: 0, lines: ['0/1 applied', '1/1 applied'] });
    expect(performance.now() - toldAt).toBeLessThan(600);
  });
});

describe('delete', () => {
  const deleted: Script = { [`DELETE ${policies}/pay`]: { status: 202, body: stored(3), headers: { 'accord-change': 'pay@3' } } };

  test('waits until no cluster has it any more; one whose row is gone has removed it', async () => {
    const rows = [[row({ state: 'Removing' }), row({ state: 'Removing' })], [row({ state: 'Removing' })], []];
    const script: Script = {
      ...deleted,
      'GET /v1/policies/pay/clusters': (_request, response) =>
        response.writeHead(200).end(JSON.stringify({ items: rows.shift(), counts: {}, total: 0 })),
    };
    const { code, out, err } = await speak(['delete', 'policy/pay', '--wait'], script);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^clusterpolicy\/pay deleted \(pay@3\)\npay: 2\/2 removed in /) as string,
    });
    expect(err).toBe('0/2 removed\n1/2 removed\n2/2 removed\n');
  });

  test('a name that the hub has forgotten is gone', async () => {
    const { code, out } = await speak(['delete', 'policy', 'pay', '--wait'], deleted);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('pay: 0/0 removed in ') as string });
  });

  test('a removal that the brake holds is 1, with what to run', async () => {
    const script: Script = {
      ...deleted,
      'GET /v1/policies/pay/clusters': {
        body: { items: [row({ state: 'Stalled', sentence: 'Say: accord confirm-removal pay' })], counts: {}, total: 1 },
      },
    };
    const { code, err } = await speak(['delete', 'policy', 'pay', '--wait'], script);
    expect({ code, err }).toEqual({ code: 1, err: '0/1 removed · 1 failed\nSay: accord confirm-removal pay\n' });
  });
});

describe('failures', () => {
  test('a hub that does not answer is said so, with what to run', async () => {
    const { code, err } = await runHere(['get', 'policies'], { ACCORD_URL: 'http://127.0.0.1:1', ACCORD_TOKEN: 'x' });
    expect({ code, err }).toEqual({
      code: 1,
      err: 'error: The hub at http://127.0.0.1:1 does not answer (bad port). Start the local fleet with npm start, or see what is wrong: accord doctor\n',
    });
  });

  test('the doctor does not send people to the doctor', async () => {
    const { code, out } = await runHere(['doctor'], { ACCORD_URL: 'http://127.0.0.1:1', ACCORD_TOKEN: 'x' });
    expect(code).toBe(1);
    expect(out).toContain('WRONG  hub      The hub at http://127.0.0.1:1 does not answer (bad port). Is ACCORD_URL the address of a hub? ');
    expect(out).not.toContain('accord doctor');
  });

  test('a problem keeps its own help', async () => {
    const body = {
      type: 't',
      title: 'Forbidden',
      status: 403,
      code: 'forbidden',
      detail: 'audit needs the role admin',
      help: 'Ask an admin.',
    };
    const { code, err } = await speak(['audit'], { 'GET /v1/audit?limit=50': { status: 403, body } });
    expect({ code, err }).toEqual({ code: 1, err: 'error: audit needs the role admin. Ask an admin.\n' });
  });

  test('a page of a proxy is told as what it is', async () => {
    const { code, err } = await speak(['audit'], { 'GET /v1/audit?limit=50': { status: 502, body: '<html>\u001b[2J' } });
    expect({ code, err }).toEqual({
      code: 1,
      err: 'error: GET /v1/audit: the answer was 502 <html>\\u001b[2J. See what is wrong: accord doctor\n',
    });
  });

  test('a redirect is not followed, because it could carry the token away', async () => {
    const { code, heard } = await speak(['audit'], { 'GET /v1/audit?limit=50': { status: 302, headers: { location: '/elsewhere' } } });
    expect({ code, heard }).toEqual({ code: 1, heard: ['GET /v1/audit?limit=50'] });
  });

  test('an answer of another shape is told, not guessed at', async () => {
    const { code, err } = await speak(['audit'], { 'GET /v1/audit?limit=50': { body: { items: [{}] } } });
    expect(code).toBe(1);
    expect(err).toContain('/v1/audit gave something else than this version expects (items.0.at: ');
  });

  const misuses: readonly [words: string, err: string][] = [
    ['aply', "error: unknown command 'aply'\n(Did you mean apply?)\nSee: accord --help\n"],
    ['get polcies', 'error: There is no kind "polcies". Did you mean policies?\nSee: accord --help\n'],
    ['get policies --outptu json', "error: unknown option '--outptu'\n(Did you mean --output?)\nSee: accord get --help\n"],
    [
      'get policies -o xml',
      "error: option '-o, --output <format>' argument 'xml' is invalid. Allowed choices are wide, json, yaml, name.\nSee: accord get --help\n",
    ],
    ['apply', "error: required option '-f, --filename <path>' not specified\nSee: accord apply --help\n"],
    [
      'apply -f x --wait --timeout soon',
      "error: option '--timeout <duration>' argument 'soon' is invalid. Write a duration such as 30s, 5m or 1h30m.\nSee: accord apply --help\n",
    ],
    ['delete policies', 'error: Name what you mean, for example: policies NAME\nSee: accord --help\n'],
    ['cluster label a env', 'error: Write "env" as KEY=VALUE, or KEY- to remove it.\nSee: accord --help\n'],
    ['token create x', "error: required option '--role <role>' not specified\nSee: accord token create --help\n"],
  ];
  test.each(misuses)('misuse is 2 and says what was meant: %s', async (words, err) => {
    expect(await runHere(words.split(' '), {})).toEqual({ code: 2, out: '', err });
  });

  const verbs = [
    'apply',
    'get',
    'describe',
    'edit',
    'delete',
    'preview',
    'status',
    'why',
    'trace',
    'watch',
    'doctor',
    'cluster',
    'cluster add',
    'cluster approve',
    'cluster reject',
    'cluster rule',
    'cluster rule add',
    'cluster guardrail',
    'cluster label',
    'cluster tokens',
    'confirm-removal',
    'confirm-epoch',
    'audit',
    'token',
    'token create',
    'token list',
    'token revoke',
    'tour',
  ];
  test.each(verbs)('%s --help shows an example', async (words) => {
    const { code, out } = await runHere([...words.split(' '), '--help'], {});
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`\nExample:\n  `) as string });
  });
});
