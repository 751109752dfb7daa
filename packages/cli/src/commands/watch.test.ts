import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const clusters = '/apis/accord.dev/v1alpha1/clusters';
const heal = { type: 'heal', cluster: 'eu-1', policy: 'pay', object: '/ConfigMap/pay/a\u0007', seenMs: 1, healedMs: 8.5 };
const atRevision = (revision: number): object => ({ type: 'policy', name: 'pay', revision });
const line = (event: object, id = ''): string => `${id === '' ? '' : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`;

/** A hub that answers each connection with the next of these, and stops the program at the one after the last. */
function hubOf(...streams: readonly string[]): { script: Script; signal: AbortSignal; after: (string | undefined)[] } {
  const stop = new AbortController();
  const after: (string | undefined)[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    after.push(request.headers['last-event-id'] as string | undefined);
    const text = streams[after.length - 1];
    if (text === undefined) return stop.abort();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`: connected\n\n${text}`);
  };
  return { script: { 'GET /v1/events': answer }, signal: stop.signal, after };
}

const withoutTimes = (out: string): readonly string[] => out.split('\n').map((text) => text.replace(/^\d\d:\d\d:\d\d\.\d{3} /, ''));
const cut = 'The connection to the hub was cut; connecting again.';
const missed = 'Events were missed; how it stands now: accord status';

describe('watch', () => {
  test('prints a line for each event, with its time and nothing that moves a cursor, and ends with 0', async () => {
    const { script, signal } = hubOf(line(heal) + line({ type: 'later' }));
    const { code, out, err } = await speak(['watch'], script, { signal });
    expect(out).toMatch(/^\d\d:\d\d:\d\d\.\d{3} healed {4}ConfigMap pay\/a\\u0007 of pay on eu-1 in 7\.5 ms\n$/);
    expect({ code, err }).toEqual({ code: 0, err: `${cut}\n` });
  });

  test('goes on after the last event that came whole', async () => {
    const { script, signal, after } = hubOf(
      line(atRevision(1), 'b-1') + line(atRevision(2), 'b-2') + 'id: b-3\ndata: {"ty',
      line(atRevision(3), 'b-3'),
    );
    const { out, err } = await speak(['watch'], script, { signal });
    expect(after).toEqual([undefined, 'b-2', 'b-3']);
    expect(withoutTimes(out)).toEqual([...[1, 2, 3].map((revision) => `policy    pay is at revision ${revision}`), '']);
    expect(err).not.toContain(missed);
  });

  test('a hub that cannot go on there says so, and so does the program', async () => {
    const { script, signal } = hubOf(
      line(atRevision(1), 'b-1'),
      `event: reset\n${line({ type: 'reset' }, 'c-9')}${line(atRevision(7), 'c-10')}`,
    );
    const { out, err } = await speak(['watch'], script, { signal });
    expect(withoutTimes(out)).toEqual(['policy    pay is at revision 1', 'policy    pay is at revision 7', '']);
    expect(err.split('\n')).toEqual([cut, 'Connected again.', missed, cut, '']);
  });

  test('with a hub that gives no ids, what came in between counts as missed', async () => {
    const { script, signal, after } = hubOf(line(atRevision(1)), line(atRevision(3)));
    const { err } = await speak(['watch'], script, { signal });
    expect(after).toEqual([undefined, undefined, undefined]);
    expect(err.split('\n').filter((text) => text === missed)).toHaveLength(1);
  });

  test('a token that is refused later ends it', async () => {
    let asked = 0;
    const refusal = { type: '', title: '', status: 401, code: 'unauthenticated', detail: 'This token was revoked' };
    const script: Script = {
      'GET /v1/events': (_request, response) => {
        asked += 1;
        if (asked === 1) response.writeHead(200).end(line(atRevision(1)));
        else response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(refusal));
      },
    };
    const { code, err } = await speak(['watch'], script);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('error: This token was revoked') as string });
  });

  test('-o json gives each event in one line as it came, with its id, and those of other versions too', async () => {
    const { script, signal } = hubOf(line(heal, 'b-1') + line({ type: 'later' }, 'b-2'));
    const { out } = await speak(['watch', '-o', 'json'], script, { signal });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as unknown),
    ).toEqual([
      { id: 'b-1', ...heal },
      { id: 'b-2', type: 'later' },
    ]);
    expect(out).not.toContain('\u0007');
  });

  const one = (name: string): object => ({ type: 'cluster', name, connection: 'live' });
  const everything = line(atRevision(2)) + line(heal) + line({ ...heal, policy: 'shop', cluster: 'us-1' }) + line(one('eu-1'));
  test.each([
    ['--policy pay', 'pay is at, healed pay on eu-1'],
    ['--policy pay --policy shop', 'pay is at, healed pay on eu-1, healed shop on us-1'],
    ['--cluster eu-1', 'healed pay on eu-1, eu-1 is live'],
    ['--policy shop --cluster us-1', 'healed shop on us-1'],
    ['--policy shop --cluster eu-1', ''],
  ])('%s shows: %s', async (words, shown) => {
    const { script, signal } = hubOf(everything);
    const { out } = await speak(['watch', ...words.split(' ')], script, { signal });
    const short = withoutTimes(out).map((text) =>
      text.replace(/^healed.* of (\S+) on (\S+) .*/, 'healed $1 on $2').replace(/^\S+ +(\S+ is (?:at|live)).*/, '$1'),
    );
    expect(short.filter((text) => text !== '').join(', ')).toBe(shown);
  });

  test('-l follows the labels of clusters as they change', async () => {
    const { script, signal } = hubOf(line({ ...heal, cluster: 'us-1' }) + line(one('us-1')) + line({ ...heal, cluster: 'us-1' }));
    const cluster = (name: string, env: string): object => ({ metadata: { name, labels: { env } }, spec: {} });
    const lists: Script = {
      [`GET ${clusters}?limit=500`]: { body: { items: [cluster('eu-1', 'prod'), cluster('us-1', 'dev')] } },
      [`GET ${clusters}/us-1`]: { body: cluster('us-1', 'prod') },
    };
    const { out } = await speak(['watch', '-l', 'env=prod'], { ...script, ...lists }, { signal });
    expect(withoutTimes(out).map((text) => text.slice(0, 7))).toEqual(['cluster', 'healed ', '']);
  });

  test('-l goes on when the hub is away as labels are read, and reads them with the next event', async () => {
    const of = { ...heal, cluster: 'us-1' };
    const { script, signal } = hubOf(line(of), line(of));
    const answers = ['dev', undefined, 'prod'];
    const list: Script[string] = (_request, response) => {
      const env = answers.shift();
      if (env === undefined) response.writeHead(503).end();
      else response.writeHead(200).end(JSON.stringify({ items: [{ metadata: { name: 'us-1', labels: { env } }, spec: {} }] }));
    };
    const { code, out } = await speak(['watch', '-l', 'env=prod'], { ...script, [`GET ${clusters}?limit=500`]: list }, { signal });
    expect({ code, out: withoutTimes(out).map((text) => text.slice(0, 7)), answers }).toEqual({
      code: 0,
      out: ['healed ', ''],
      answers: [],
    });
  });

  test('a selector that cannot be read is a usage error', async () => {
    expect((await speak(['watch', '-l', 'env in ('], {})).code).toBe(2);
  });
});
