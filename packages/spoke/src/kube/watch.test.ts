import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import type { WatchEvent } from './kube.ts';
import { configMapKind } from './own-kinds.ts';
import type { HttpAnswer, KubeRequest } from './transport.ts';
import { Watch } from './watch.ts';

const bookmark = (resourceVersion: string, isEnd = false): object => ({
  type: 'BOOKMARK',
  object: { metadata: { resourceVersion, annotations: isEnd ? { 'k8s.io/initial-events-end': 'true' } : {} } },
});
const event = (type: string, name: string, resourceVersion: string): object => ({
  type,
  object: { metadata: { name, namespace: 'team', uid: `uid-${name}`, resourceVersion } },
});
const tooOld = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } };

/** An API server that a test plays by hand. */
class ScriptedServer {
  readonly paths: string[] = [];
  readonly lists: HttpAnswer[] = [];
  #stream = new PassThrough();

  /** Status of the answers to come. */
  status = 200;

  readonly transport = {
    open: async ({ path }: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> => {
      this.paths.push(decodeURIComponent(path));
      this.#stream = new PassThrough();
      const stream = this.#stream;
      signal.addEventListener('abort', () => stream.destroy(), { once: true });
      if (this.status !== 200) stream.end('{"kind":"Status","message":"no"}');
      return Object.assign(stream, { statusCode: this.status, headers: {} }) as unknown as IncomingMessage;
    },
    send: async ({ path }: KubeRequest): Promise<HttpAnswer> => {
      this.paths.push(decodeURIComponent(path));
      const answer = this.lists.shift();
      if (answer === undefined) throw new Error('nothing to list');
      return answer;
    },
  };

  async say(...lines: readonly object[]): Promise<void> {
    for (const line of lines) this.#stream.write(`${JSON.stringify(line)}\n`);
    await settle();
  }

  async write(text: string): Promise<void> {
    this.#stream.write(text);
    await settle();
  }

  async close(): Promise<void> {
    this.#stream.end();
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let rounds = 0; rounds < 5; rounds += 1) await turn();
}

interface Played {
  readonly server: ScriptedServer;
  readonly clock: ManualClock;
  readonly seen: string[];
  readonly running: Promise<void>;
  readonly stop: () => Promise<void>;
}

async function play(server = new ScriptedServer()): Promise<Played> {
  const clock = new ManualClock();
  const seen: string[] = [];
  const stop = new AbortController();
  const onEvent = (shown: WatchEvent): void =>
    void seen.push(shown.type === 'listed' ? 'listed' : `${shown.type} ${shown.ref.name}@${shown.meta.resourceVersion}`);
  const watch = new Watch(
    { transport: server.transport, clock, log: new ListLog(), random: () => 0.5 },
    { kind: configMapKind, selection: { labelSelector: 'accord.dev/policy' }, onEvent },
  );
  const running = watch.run(stop.signal);
  running.catch(() => undefined);
  await settle();
  const end = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  return { server, clock, seen, running, stop: end };
}

describe('the watch', () => {
  test('asks for metadata of the whole cluster, streamed from the start', async () => {
    const { server, stop } = await play();
    expect(server.paths).toEqual([
      '/api/v1/configmaps?watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=&labelSelector=accord.dev/policy&timeoutSeconds=450',
    ]);
    await stop();
  });

  test('tells objects as they come and the end of the list once', async () => {
    const { server, seen, stop } = await play();
    await server.say(
      event('ADDED', 'a', '5'),
      bookmark('7', true),
      event('MODIFIED', 'a', '8'),
      bookmark('9'),
      event('DELETED', 'a', '10'),
    );
    expect(seen).toEqual(['present a@5', 'listed', 'present a@8', 'gone a@10']);
    await stop();
  });

  test('resumes at once after the last version that it saw, be it of a bookmark', async () => {
    const { server, seen, stop } = await play();
    await server.say(event('ADDED', 'a', '5'), bookmark('7', true), bookmark('42'));
    await server.close();
    expect(server.paths.at(-1)).toContain('resourceVersion=42&');
    expect(server.paths.at(-1)).not.toContain('sendInitialEvents');
    await server.say(event('MODIFIED', 'a', '43'));
    expect(seen).toEqual(['present a@5', 'listed', 'present a@43']);
    await stop();
  });

  test('once an hour it lists everything anew, and tells who went without a word', async () => {
    const { server, clock, seen, stop } = await play();
    await server.say(event('ADDED', 'a', '1'), event('ADDED', 'b', '2'), bookmark('3', true));
    clock.advance(100_000);
    await server.close();
    expect(server.paths.at(-1)).toContain('resourceVersion=3&');
    await server.say(bookmark('4'));
    clock.advance(3_600_000);
    await settle();
    expect(server.paths.at(-1)).toContain('sendInitialEvents=true');
    seen.length = 0;
    await server.say(event('ADDED', 'b', '2'), bookmark('9', true));
    expect(seen).toEqual(['present b@2', 'gone a@9', 'listed']);
    await stop();
  });

  test('when its version is too old it lists anew and tells who went meanwhile', async () => {
    const { server, seen, stop } = await play();
    await server.say(event('ADDED', 'a', '5'), event('ADDED', 'b', '6'), bookmark('7', true));
    await server.say(tooOld);
    expect(server.paths.at(-1)).toContain('sendInitialEvents=true');
    await server.say(event('ADDED', 'b', '6'), bookmark('90', true));
    expect(seen).toEqual(['present a@5', 'present b@6', 'listed', 'present b@6', 'gone a@90', 'listed']);
    await stop();
  });

  test('a connection that breaks before the list is complete concludes nothing', async () => {
    const { server, clock, seen, stop } = await play();
    await server.say(event('ADDED', 'a', '5'), event('ADDED', 'b', '6'), bookmark('7', true), tooOld);
    await server.say(event('ADDED', 'b', '6'));
    await server.close();
    clock.advance(400);
    await settle();
    await server.say(event('ADDED', 'a', '5'), event('ADDED', 'b', '6'), bookmark('95', true));
    expect(seen.filter((line) => line.startsWith('gone'))).toEqual([]);
    expect(seen.filter((line) => line === 'listed')).toHaveLength(2);
    await stop();
  });

  test('an event in two pieces is one event, and a broken last one is none', async () => {
    const { server, seen, stop } = await play();
    const text = JSON.stringify(event('ADDED', 'a', '5'));
    await server.write(text.slice(0, 20));
    await server.write(`${text.slice(20)}\n${text.slice(0, 30)}`);
    await server.close();
    expect(seen).toEqual(['present a@5']);
    await stop();
  });

  test('three minutes of silence end the connection; a bookmark in time keeps it', async () => {
    const { server, clock, stop } = await play();
    await server.say(bookmark('7', true));
    clock.advance(179_000);
    await server.say(bookmark('8'));
    clock.advance(179_000);
    await settle();
    expect(server.paths).toHaveLength(1);
    clock.advance(1_001);
    await settle();
    expect(server.paths.at(-1)).toContain('resourceVersion=8&');
    await stop();
  });

  test('a server that cannot stream the list is listed page by page', async () => {
    const server = new ScriptedServer();
    server.status = 422;
    const page = (name: string, next: string): HttpAnswer => ({
      status: 200,
      body: {
        metadata: { resourceVersion: '50', continue: next },
        items: [{ metadata: { name, namespace: 'team', uid: name, resourceVersion: '5' } }],
      },
    });
    server.lists.push(page('a', 'more'), page('b', ''));
    const { seen, stop } = await play(server);
    expect(server.paths.slice(1, 3)).toEqual([
      '/api/v1/configmaps?labelSelector=accord.dev/policy&limit=500',
      '/api/v1/configmaps?labelSelector=accord.dev/policy&limit=500&continue=more',
    ]);
    expect([seen, server.paths[3]]).toEqual([['present a@5', 'present b@5', 'listed'], expect.stringContaining('resourceVersion=50&')]);
    await stop();
  });

  test('a list of metadata without objects, which comes as null, is an empty one; what only looks like it concludes nothing', async () => {
    const empty = { kind: 'PartialObjectMetadataList', metadata: { resourceVersion: '50' }, items: null };
    const server = new ScriptedServer();
    server.status = 422;
    server.lists.push(...[{ ...empty, metadata: {} }, { ...empty, kind: 'ConfigMapList' }, empty].map((body) => ({ status: 200, body })));
    const { clock, seen, stop } = await play(server);
    for (const left of [2, 1, 0]) {
      expect([server.lists.length, seen]).toEqual([left, left === 0 ? ['listed'] : []]);
      clock.advance(30_000);
      await settle();
    }
    await stop();
  });

  test('a refusal that stays is passed on', async () => {
    const server = new ScriptedServer();
    server.status = 403;
    const { clock, running } = await play(server);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      clock.advance(30_000);
      await settle();
    }
    await expect(running).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('an error of the server in the stream is waited out from the same version', async () => {
    const { server, clock, stop } = await play();
    await server.say(bookmark('7', true), { type: 'ERROR', object: { kind: 'Status', code: 500, message: 'etcd is away' } });
    clock.advance(800);
    await settle();
    expect(server.paths.at(-1)).toContain('resourceVersion=7&');
    await stop();
  });
});
