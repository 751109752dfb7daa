import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const blank = { reason: '', source: '', detail: '', count: 1 };
const entry = (at: string, actor = 'admin'): object => ({
  at,
  actor,
  action: 'PolicyCreated',
  object: 'policy.a',
  change: 'a@1',
  result: 'stored',
  ...blank,
});
const [first, second, third] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-02T00:00:01Z'].map((at) =>
  entry(at, `token/\u001b[2J${at}`),
);

describe('audit', () => {
  test('--tail asks the hub for as many, however many it gives by itself, and prints the latest last', async () => {
    const { out, heard } = await speak(['audit', '--tail', '300'], { 'GET /v1/audit?limit=300': { body: { items: [second, first] } } });
    expect(heard).toEqual(['GET /v1/audit?limit=300']);
    expect([...out.matchAll(/^2026-01-0\d/gm)].map(([day]) => day)).toEqual(['2026-01-01', '2026-01-02']);
    expect([out.includes('\u001b'), out.includes('token/\\u001b[2J')]).toEqual([false, true]);
  });

  test('filters go to the hub', async () => {
    const { heard } = await speak('audit --actor token/ci --result refused --since 24h'.split(' '), {});
    expect(heard).toEqual(['GET /v1/audit?actor=token%2Fci&result=refused&since=24h&limit=50']);
  });

  test('-o json is a line for each, which reads back as it came', async () => {
    const { out } = await speak(['audit', '-o', 'json'], { 'GET /v1/audit?limit=50': { body: { items: [second, first] } } });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([first, second]);
    expect(out).not.toContain('\u001b');
  });

  test('-w shows nothing that was there before and was not asked for', async () => {
    const stop = new AbortController();
    const now = Date.now();
    const [old, last, next] = [20_000, 5_000, 0].map((ageMs) => entry(new Date(now - ageMs).toISOString()));
    const polls = [
      [last, old],
      [next, last, old],
    ];
    const known: Script = { 'GET /v1/audit?limit=1': { body: { items: [last] } } };
    const script = new Proxy(known, {
      get: (_, key) =>
        known[String(key)] ??
        ((_request: unknown, response: Parameters<Extract<Script[string], (...words: never[]) => unknown>>[1]): void => {
          const items = polls.shift();
          if (items === undefined) stop.abort();
          else response.writeHead(200).end(JSON.stringify({ items }));
        }),
    });
    const { out } = await speak(['audit', '-w', '--tail', '1', '-o', 'json'], script, { signal: stop.signal });
    const shown = out
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as unknown);
    expect(shown).toEqual([last, next]);
  }, 30_000);

  test('-w shows what comes, once each, goes on when the hub was away, and ends with 0', async () => {
    const stop = new AbortController();
    const answers = [undefined, { items: [third, second, first] }];
    let asked = 0;
    const known: Script = { 'GET /v1/audit?limit=50': { body: { items: [second, first] } } };
    const script = new Proxy(known, {
      get: (_, key) =>
        known[String(key)] ??
        ((_request: unknown, response: Parameters<Extract<Script[string], (...words: never[]) => unknown>>[1]): void => {
          const answer = answers[asked];
          asked += 1;
          if (asked > answers.length) return stop.abort();
          if (answer === undefined) response.writeHead(503).end();
          else response.writeHead(200).end(JSON.stringify(answer));
        }),
    });
    const { code, out } = await speak(['audit', '-w'], script, { signal: stop.signal });
    expect({ code, times: [...out.matchAll(/^2026\S+/gm)].map(([at]) => at) }).toEqual({
      code: 0,
      times: ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-02T00:00:01Z'],
    });
  }, 30_000);
});
