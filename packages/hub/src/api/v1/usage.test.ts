import { foldSummary } from '@accord/core/view/reported';
import type { ClusterId } from '@accord/proto/ids';
import { summaryCodec } from '@accord/proto/messages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

let hub: MemoryHub;
const told = (id: ClusterId, percents: readonly number[]): void => {
  const usage = percents.map((percent) => ({
    namespace: 'n',
    quota: 'q',
    resource: `r${percent}`,
    used: `${percent}`,
    hard: '100',
    percent,
  }));
  const summary = summaryCodec.decode(summaryCodec.encode({ lastBoot: 1, lastN: 1, usage }));
  foldSummary(hub.deps.projection.reported, id, summary, 1);
};
beforeEach(async () => {
  hub = await startMemoryHub();
  told(await hub.addCluster('dev', {}), [85, 90]);
  told(await hub.addCluster('prod', {}), [90, 40]);
  await hub.addCluster('silent', {});
});
afterEach(() => hub.stop());

/** As `cluster percent`, with how many there are. */
async function ask(url: string): Promise<readonly (string | number)[]> {
  const { body } = await hub.call('GET', url);
  return [...body.items.map(({ cluster, percent }: { cluster: string; percent: number }) => `${cluster} ${percent}`), body.total];
}

describe('how full quotas are', () => {
  test.each<[url: string, told: readonly (string | number)[]]>([
    ['/v1/usage', ['dev 90', 'prod 90', 'dev 85', 'prod 40', 4]],
    ['/v1/usage?min=85', ['dev 90', 'prod 90', 'dev 85', 3]],
    ['/v1/usage?limit=1', ['dev 90', 4]],
    ['/v1/clusters/prod/usage', ['prod 90', 'prod 40', 2]],
    ['/v1/clusters/prod/usage?min=80', ['prod 90', 1]],
    ['/v1/clusters/silent/usage', [0]],
  ])('%s', async (url, said) => expect(await ask(url)).toEqual(said));

  test('is told with the amounts', async () => {
    const { body } = await hub.call('GET', '/v1/clusters/prod/usage?limit=1');
    expect(body.items).toEqual([{ cluster: 'prod', namespace: 'n', quota: 'q', resource: 'r90', used: '90', hard: '100', percent: 90 }]);
  });

  test('is a metric from 80 percent on', async () => {
    const { body } = await hub.call('GET', '/metrics');
    const lines = String(body)
      .split('\n')
      .filter((line) => line.startsWith('accord_quota_used_ratio'));
    expect(lines).toEqual([
      'accord_quota_used_ratio{cluster="dev",namespace="n",quota="q",resource="r85"} 0.85',
      'accord_quota_used_ratio{cluster="dev",namespace="n",quota="q",resource="r90"} 0.9',
      'accord_quota_used_ratio{cluster="prod",namespace="n",quota="q",resource="r90"} 0.9',
    ]);
  });

  test('of a cluster that there is not is not found', async () =>
    expect((await hub.call('GET', '/v1/clusters/nope/usage')).status).toBe(404));
});
