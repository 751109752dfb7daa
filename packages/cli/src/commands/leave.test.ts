import type { Row } from '@accord/proto/api';
import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const row = (policy: string, change: Partial<Row> = {}): Partial<Row> => ({
  ...{ policy, cluster: 'eu-1', clusterId: 'i', state: 'Applied', reason: '', message: '', sentence: `${policy} is leaving eu-1.` },
  ...{ selected: true, revision: 2, reportedRevision: 2, desired: 3, applied: 3, held: 0, heals: 0, problems: [], retained: [] },
  ...{ connection: 'live', sync: 'current' },
  ...change,
});
const rows = (...items: readonly Partial<Row>[]) => ({ body: { items, counts: {}, total: items.length } });
const policies = 'GET /v1/clusters/eu-1/policies';
const leave = 'POST /v1/clusters/eu-1/leave';
const accepted = (state: 'Leaving' | 'Left', behind: readonly object[] = []) => ({
  status: 202,
  body: { change: 'cluster/eu-1@4', cluster: 'eu-1', state, behind },
});
const script: Script = { [policies]: rows(row('pay'), row('new', { reportedRevision: 0 })), [leave]: accepted('Leaving') };

describe('accord cluster leave', () => {
  test.each([
    [[], '{"mode":"Retain"}', 'pay: 3 objects are given back\n'],
    [['--retain'], '{"mode":"Retain"}', 'pay: 3 objects are given back\n'],
    [['--purge'], '{"mode":"Purge"}', 'pay: 3 objects are removed, or given back if it did not make them\n'],
  ])('%j says what becomes of what is there', async (words, body, told) => {
    const { code, out, err, heard } = await speak(['cluster', 'leave', 'eu-1', ...words, '--yes'], script);
    expect({ code, out, err, sent: heard.at(-1) }).toEqual({
      ...{ code: 0, out: 'cluster/eu-1 leaving (cluster/eu-1@4)\n', err: told, sent: `${leave} ${body}` },
    });
  });

  test('asks first, and where nobody is there to answer it does nothing', async () => {
    const { code, err, heard } = await speak(['cluster', 'leave', 'eu-1', '--purge'], script);
    expect([code, heard]).toEqual([1, [policies]]);
    expect(err).toContain('Let eu-1 leave the fleet and remove what policies made there? Nobody is there to answer');
  });

  test('with force it is over at once, and lists what stays', async () => {
    const gone = { ...script, [leave]: accepted('Left', [{ policy: 'pay', objects: 3 }]) };
    const { out, heard } = await speak(['cluster', 'leave', 'eu-1', '--force', '--yes'], gone);
    expect(out).toBe('cluster/eu-1 left (cluster/eu-1@4); its credential is revoked\nstays on eu-1: 3 objects of pay\n');
    expect(heard.at(-1)).toBe(`${leave} {"force":true}`);
  });

  test.each([[['--force', '--purge']], [['--retain', '--purge']], [['--force', '--wait']]])('%j contradict each other', async (words) => {
    const { code, heard } = await speak(['cluster', 'leave', 'eu-1', ...words, '--yes'], script);
    expect([code, heard]).toEqual([2, []]);
  });

  test('waits until the cluster is not there any more', async () => {
    let looks = 0;
    const leaving: Script = {
      ...script,
      [policies]: (_request, response) => {
        looks += 1;
        const answer = [rows(row('pay')), rows(row('pay', { state: 'Removing', selected: false })), rows()][looks - 1];
        response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer?.body ?? { code: 'not-found', detail: 'gone' }));
      },
    };
    const { code, out } = await speak(['cluster', 'leave', 'eu-1', '--yes', '--wait'], leaving);
    expect([code, out.split('\n')[1]]).toEqual([0, expect.stringMatching(/^eu-1: 1\/1 policies gone in /)]);
  });

  test('what holds it up is told', async () => {
    const sentence = 'pay is stopped on eu-1, because it is paused. Go on with: accord cluster resume eu-1';
    const held = { ...script, [policies]: rows(row('pay', { state: 'Stopped', selected: false, sentence })) };
    const { code, err } = await speak(['cluster', 'leave', 'eu-1', '--yes', '--wait'], held);
    expect([code, err.trim().split('\n').at(-1)]).toEqual([1, sentence]);
  });
});

test('accord cluster stay takes it back', async () => {
  const { out, heard } = await speak(['cluster', 'stay', 'eu-1'], {
    'DELETE /v1/clusters/eu-1/leave': { body: { change: 'cluster/eu-1@5' } },
  });
  expect([out, heard]).toEqual(['cluster/eu-1 stays (cluster/eu-1@5)\n', ['DELETE /v1/clusters/eu-1/leave']]);
});
