import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const row = {
  subject: { kind: 'Group', name: 'team' },
  role: { kind: 'ClusterRole', name: 'view' },
  namespace: 'shop',
  policy: 'shop',
  clusters: { total: 2, applied: 2, names: ['eu-1', 'us-1'] },
};
const bot = {
  ...row,
  subject: { kind: 'ServiceAccount', namespace: 'ci', name: 'bot' },
  namespace: '',
  until: '2026-01-01T02:00:00.000Z',
  clusters: { total: 120, applied: 7, names: ['a', 'b', 'c', 'd'] },
};
const body = { items: [row, bot], total: 5 };
const script = (query: string, answer: object = body): Script => ({ [`GET /v1/access?${query}`]: { body: answer } });

describe('access', () => {
  test('is a table, and says what it leaves out', async () => {
    const { code, out, err } = await speak(['access'], script('limit=500'));
    expect([code, out.split('\n'), err]).toEqual([
      0,
      [
        'SUBJECT                 ROLE               NAMESPACE   CLUSTERS          POLICY   UNTIL',
        'Group team              ClusterRole view   shop        eu-1,us-1         shop     -',
        'ServiceAccount ci/bot   ClusterRole view   *           120 (7 applied)   shop     2026-01-01T02:00:00.000Z',
        '',
      ],
      'and 3 more: ask for less, or for more with --limit\n',
    ]);
  });

  test('names the clusters where it is wide', async () => {
    const { out } = await speak(['access', '-o', 'wide'], script('limit=500'));
    expect(out).toContain('a,b,c,d and 116 more (7 applied)');
  });

  test.each([
    [['--user', 'carol@x'], 'subject=User%2Fcarol%40x&limit=500'],
    [['--group', 'team', '-n', 'shop', '--cluster', 'eu-1'], 'subject=Group%2Fteam&namespace=shop&cluster=eu-1&limit=500'],
    [['--service-account', 'ci/bot', '--role', 'view'], 'subject=ServiceAccount%2Fci%2Fbot&role=view&limit=500'],
    [['--policy', 'shop', '--limit', '7'], 'policy=shop&limit=7'],
  ])('%j asks for %s', async (words, query) => {
    const { code, heard } = await speak(['access', ...words], script(query));
    expect([code, heard]).toEqual([0, [`GET /v1/access?${query}`]]);
  });

  test('says so when nobody may', async () => {
    const { code, out, err } = await speak(['access', '--user', 'x'], script('subject=User%2Fx&limit=500', { items: [], total: 0 }));
    expect([code, out, err]).toEqual([0, '', 'No policy grants that.\n']);
  });

  test('lets no control character of a name reach the terminal', async () => {
    const hostile = {
      ...row,
      subject: { kind: 'User', name: 'a\u001b[2J\u202e' },
      clusters: { total: 1, applied: 1, names: ['\u001b[31m'] },
    };
    const answer = script('limit=500', { items: [hostile], total: 1 });
    for (const words of [['access'], ['access', '-o', 'wide'], ['access', '-o', 'json'], ['access', '-o', 'yaml']]) {
      const { out } = await speak(words, answer);
      expect([out.includes('\u001b'), out.includes('\u202e'), out.includes('[2J\\u202e')]).toEqual([false, false, true]);
    }
  });

  test('is as the hub gave it for machines', async () => {
    expect(JSON.parse((await speak(['access', '-o', 'json'], script('limit=500'))).out)).toEqual(body);
  });

  test.each([
    [['--user', 'a', '--group', 'b']],
    [['--group', 'b', '--service-account', 'ci/c']],
    [['--user', 'a', '--service-account', 'ci/c']],
  ])('%j is a mistake', async (words) => {
    const { code, err, heard } = await speak(['access', ...words], {});
    expect([code, err.includes('cannot be used with'), heard]).toEqual([2, true, []]);
  });
});
