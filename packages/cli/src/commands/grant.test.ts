import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const path = '/apis/accord.dev/v1alpha1/clusterpolicies';
const stored: Script = {
  [`POST ${path}?fieldManager=accord`]: {
    status: 201,
    headers: { 'accord-change': 'inc@1' },
    body: { metadata: { generation: 1 }, spec: {} },
  },
};
const words = ['grant', 'edit', '-l', 'env=prod,region=eu', '--for', '2h', '--reason', 'INC-4711', '--name', 'inc'];

/** The spec that the hub got, with the time of the end taken out. */
async function granted(...more: readonly string[]): Promise<unknown> {
  const { heard } = await speak([...words, ...more], stored);
  const sent = heard.find((request) => request.startsWith('POST')) ?? '';
  const { spec } = JSON.parse(sent.slice(sent.indexOf('{'))) as { readonly spec: unknown };
  return JSON.parse(JSON.stringify(spec).replaceAll(/"until":"[^"]+"/g, '"until":"then"')) as unknown;
}

const about = { description: 'INC-4711', clusterSelector: { matchLabels: { env: 'prod', region: 'eu' } } };

describe('grant', () => {
  test('binds in each namespace', async () => {
    expect(await granted('--user', 'carol', '-n', 'payments', '-n', 'shop')).toEqual({
      ...about,
      namespaces: ['payments', 'shop'].map((name) => ({ name, bindings: [{ clusterRole: 'edit', users: ['carol'], until: 'then' }] })),
    });
  });

  test('binds for whole clusters without a namespace', async () => {
    expect(await granted('--user', 'carol', '--group', 'oncall')).toEqual({
      ...about,
      clusterBindings: [{ clusterRole: 'edit', users: ['carol'], groups: ['oncall'], until: 'then' }],
    });
  });

  test('says until when it holds and how to end it', async () => {
    const { out, err } = await speak([...words, '--group', 'oncall', '-n', 'shop'], stored);
    expect(out).toMatch(/^clusterpolicy\/inc created \(inc@1\), until \d{4}-\d\d-\d\dT[\d:.]+Z\n$/);
    expect(err).toBe('End it earlier with: accord delete policy inc\n');
  });

  test.each([
    ['nobody', words, 'error: A grant is for somebody. Name them with --user or --group. See: accord grant --help'],
    [
      'no time',
      [...words.map((word) => (word === '2h' ? '0s' : word)), '--user', 'a'],
      'Write a time that is not over at once, such as 2h.',
    ],
    ['no end', ['grant', 'edit', '-l', 'env=prod', '--reason', 'x', '--user', 'a'], "required option '--for <duration>' not specified"],
    [
      'no cluster',
      ['grant', 'edit', '--for', '1h', '--reason', 'x', '--user', 'a'],
      "required option '-l, --label <key=value>' not specified",
    ],
  ])('is refused for %s, and nothing is sent', async (_what, line, said) => {
    const { code, err, heard } = await speak(line, {});
    expect([code === 0, err.includes(said), heard]).toEqual([false, true, []]);
  });

  test.each([
    ['INC-4711', 'INC-4711'],
    ['Störung\n42', undefined],
  ])('tells the audit why, as far as a header can: %j', async (reason, told) => {
    const seen: unknown[] = [];
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      seen.push(request.headers['accord-reason']);
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"metadata":{"generation":1},"spec":{}}');
    };
    await speak([...words.map((word) => (word === 'INC-4711' ? reason : word)), '--user', 'a'], {
      [`POST ${path}?fieldManager=accord`]: answer,
    });
    expect(seen).toEqual([told]);
  });

  test('changes no policy that there is', async () => {
    const exists = { status: 409, body: { kind: 'Status', reason: 'AlreadyExists', message: 'inc already exists', code: 409 } };
    const { code, err, heard } = await speak([...words, '--user', 'a'], { [`POST ${path}?fieldManager=accord`]: exists });
    expect([code, err.includes('inc already exists'), heard.length]).toEqual([1, true, 1]);
  });

  test('makes a name from the role and who gets it', async () => {
    const { heard } = await speak([...words.slice(0, -2), '--user', 'Carol.Jones@example.org', '-n', 'shop'], {});
    expect(heard[0]).toMatch(/"name":"grant-edit-carol-jones-example-[0-9a-f]{8}"/);
  });
});
