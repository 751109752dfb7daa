import { describe, expect, test } from 'vitest';
import { speak } from '../scripted-hub.ts';

const entry = (at: string) => ({ at, actor: 'admin', action: 'PolicyCreated', object: 'policy.a', change: 'a@1', result: 'stored' });
const blank = { reason: '', source: '', detail: '', count: 1 };

describe('audit', () => {
  test('--tail asks the hub for as many, however many it gives by itself, and prints the latest last', async () => {
    const items = ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'].map((at) => ({ ...entry(at), ...blank }));
    const { out, heard } = await speak(['audit', '--tail', '300'], { 'GET /v1/audit?limit=300': { body: { items } } });
    expect(heard).toEqual(['GET /v1/audit?limit=300']);
    expect([...out.matchAll(/^2026-01-0\d/gm)].map(([day]) => day)).toEqual(['2026-01-01', '2026-01-02']);
  });
});
