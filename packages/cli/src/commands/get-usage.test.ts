import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const item = { cluster: 'eu-1', namespace: 'shop', quota: 'accord-shop', resource: 'requests.cpu', used: '9', hard: '10', percent: 90 };
const script: Script = {
  'GET /v1/usage': { body: { items: [item], total: 3 } },
  'GET /v1/usage?min=95': { body: { items: [], total: 0 } },
  'GET /v1/clusters/eu-1/usage?min=80': { body: { items: [item], total: 1 } },
};
const table = ['CLUSTER   NAMESPACE   RESOURCE       USED   HARD   %', 'eu-1      shop        requests.cpu   9      10     90', ''];

describe('get usage', () => {
  test('is a table, and says what it leaves out', async () => {
    const { code, out, err } = await speak(['get', 'usage'], script);
    expect([code, out.split('\n'), err]).toEqual([0, table, 'and 2 more that are less full\n']);
  });

  test('of one cluster asks only for what is so full', async () => {
    const { out, err } = await speak(['get', 'usage', 'eu-1', '--min', '80'], script);
    expect([out.split('\n'), err]).toEqual([table, '']);
  });

  test('says so when there is nothing', async () => {
    const { code, out, err } = await speak(['get', 'usage', '--min', '95'], script);
    expect([code, out, err]).toEqual([0, '', expect.stringContaining('No quota')]);
  });

  test('is as the hub gave it for machines', async () => {
    expect(JSON.parse((await speak(['get', 'usage', '-o', 'json'], script)).out)).toEqual({ items: [item], total: 3 });
  });

  test.each([
    [['get', 'usage', 'a', 'b'], 'usage takes one cluster'],
    [['get', 'usage', '-o', 'name'], 'usage has no output name'],
  ])('%j is a mistake', async (words, said) => {
    const { code, err, heard } = await speak(words, script);
    expect([code, err.includes(said), heard]).toEqual([2, true, []]);
  });
});
