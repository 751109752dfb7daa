import { describe, expect, test } from 'vitest';
import { speak, type Script, type Spoken } from '../scripted-hub.ts';
import { changeOf, quietFleet, rowOf, timelineOf } from '../status/example-incident.ts';

/** The hub is asked for what happened since a moment that no test knows. */
const asked = (path: string, body: unknown): Script =>
  new Proxy<Script>({}, { get: (_, key) => (String(key).startsWith(`GET ${path}`) ? { body } : undefined) });
const merged = (...scripts: readonly Script[]): Script =>
  new Proxy<Script>({}, { get: (_, key) => scripts.map((script) => script[String(key)]).find((answer) => answer !== undefined) });

const now = new Date().getUTCMinutes();
const change = { ...changeOf('pay@2', now), acceptedAt: new Date(Date.now() - 60_000).toISOString() };
const hostile = rowOf('pay', 2, 'eu-1', { sentence: 'pay@2 is held up on eu-1: \u001b[2Jexceeded quota.' });
const trouble = { ...quietFleet, rows: { Failed: 1, Applied: 5 }, problems: [hostile] };
const told = timelineOf(change, { 'eu-1': 'Failed:0' });
const timeline = {
  ...told,
  clusters: told.clusters.map((on) => ({ ...on, steps: on.steps.map((step) => ({ ...step, fromMs: Date.now() - 30_000 })) })),
};
const hub = (fleet: unknown): Script =>
  merged(
    { 'GET /v1/fleet': { body: fleet }, 'GET /v1/changes/pay%402': { body: timeline } },
    asked('/v1/changes?', { items: [change], kept: {} }),
    asked('/v1/drift?', { items: [], kept: {} }),
  );
const status = (fleet: unknown, ...words: readonly string[]): Promise<Spoken> => speak(['status', ...words], hub(fleet));

describe('status', () => {
  test('is 0 whatever it shows', async () => {
    const { code, out } = await status(trouble);
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: 'Needs a person: 1 row is held up.' });
  });

  test('names the change that did it and what takes it back, and shows no control character', async () => {
    const { out } = await status(trouble);
    expect(out).toContain('  pay is Failed on eu-1 for 30s, since pay@2\n    take it back: accord revert pay@1\n');
    expect(out).toContain('1× pay@2 is held up on eu-1: \\u001b[2Jexceeded quota.');
    expect(out).not.toContain('\u001b');
  });

  test('with --exit-code it is 1 when something needs a person, and only then', async () => {
    expect((await status(trouble, '--exit-code')).code).toBe(1);
    expect((await status({ ...quietFleet, rows: { Pending: 2 } }, '--exit-code')).code).toBe(0);
  });

  test('-o json gives the same facts', async () => {
    const { out } = await status(trouble, '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      health: { level: 'needs-a-person' },
      worse: [{ kind: 'held-up', policy: 'pay', clusters: ['eu-1'], change: 'pay@2', undo: 'accord revert pay@1' }],
      blockers: [{ rows: 1, policies: ['pay'] }],
      changes: [{ id: 'pay@2' }],
      fleet: { policies: 2 },
    });
  });

  test('a duration that is none is a usage error', async () => {
    expect((await status(quietFleet, '--since', 'yesterday')).code).toBe(2);
  });

  test('-w shows it again after an event, and ends with 0', async () => {
    const stop = new AbortController();
    let screens = 0;
    const script = merged(
      {
        'GET /v1/fleet': (_request, response) => {
          screens += 1;
          if (screens === 3) return stop.abort();
          response.writeHead(200).end(JSON.stringify(screens === 1 ? quietFleet : trouble));
        },
        'GET /v1/events': (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          const tell = (): void => void response.write('data: {"type":"policy","name":"pay","revision":2}\n\n');
          tell();
          const beat = setInterval(tell, 50);
          response.once('close', () => clearInterval(beat));
        },
      },
      hub(quietFleet),
    );
    const { code, out } = await speak(['status', '-w'], script, { signal: stop.signal });
    expect({ code, screens: out.match(/^(Well|Needs a person):/gm) }).toEqual({ code: 0, screens: ['Well:', 'Needs a person:'] });
  });
});
