import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ChangeTimeline, ClusterAt } from '@accord/proto/api-history';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../gate/plant.ts';
import { FleetFixture, until } from './fleet-fixture.ts';

const cluster = 'prod-1';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([
    { name: cluster, labels: { env: 'prod' } },
    { name: 'dev-1', labels: { env: 'dev' } },
  ]);
});
afterAll(() => it.stop());

const policy = (value: string) => ({
  clusterSelector: { matchLabels: { env: 'prod' } },
  namespaces: [{ name: 'team', configMaps: [{ name: 'settings', data: { value } }] }],
});
const unseen = { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 };
const configMap = '/api/v1/namespaces/team/configmaps/settings';
const get = async <Body>(path: string): Promise<Body> => (await it.hub('GET', path)).body as Body;
const accord = async (...words: readonly string[]): Promise<{ readonly code: number; readonly out: string }> => {
  const env = { ...process.env, ACCORD_HOME: it.home };
  return promisify(execFile)(join(root, 'accord'), [...words], { env }).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
      code: error.code,
      out: error.stdout + error.stderr,
    }),
  );
};
const value = async (): Promise<string | undefined> =>
  ((await it.kube(cluster, 'GET', configMap)).body as { readonly data?: { readonly value: string } }).data?.value;

describe('the past of a fleet', () => {
  test('has each change from its acceptance to the last cluster, in the order in which it was', async () => {
    await it.untilApplied('team', await it.put('team', policy('one')), [cluster]);
    await until('the outcome is recorded', async () => (await get<ChangeTimeline>('/v1/changes/team@1')).clusters[0]?.steps.length !== 0);
    const change = await get<ChangeTimeline>('/v1/changes/team@1');
    const [there] = change.clusters;
    expect([change.clusters.length, there?.cluster, there?.state, change.notSelected.items[0]?.cluster]).toEqual([
      1,
      cluster,
      'Applied',
      'dev-1',
    ]);
    const { acceptedMs, publishedMs, receivedMs, verifiedMs, compiledMs, appliedMs, reportedMs } = there?.corrected ?? unseen;
    const moments = [acceptedMs, publishedMs, receivedMs, verifiedMs, compiledMs, appliedMs, reportedMs, there?.foldedMs ?? 0];
    expect(
      moments.every((ms) => ms > 0),
      moments.join(' '),
    ).toBe(true);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  });

  test('outlives the hub, and what a later revision replaced is told as what it was', async () => {
    await it.untilApplied('team', await it.put('team', policy('two')), [cluster]);
    await until('it is recorded', async () => (await get<ChangeTimeline>('/v1/changes/team@2')).clusters[0]?.steps.length !== 0);
    await it.fleet.killHub();
    await it.fleet.startHub();
    await until('the hub serves', async () => (await it.hub('GET', '/v1/fleet')).status === 200);
    const change = await get<ChangeTimeline>('/v1/changes/team@1');
    expect(change.supersededBy).toBe('team@2');
    expect(change.clusters[0]?.sentence).toMatch(/^team@1 was applied on prod-1 after .*; then came team@2\.$/);
  });

  test('says what a cluster was told and what it had at a time', async () => {
    const change = await get<ChangeTimeline>('/v1/changes/team@2');
    const then = new Date(Date.parse(change.acceptedAt) - 1).toISOString();
    const before = await get<ClusterAt>(`/v1/clusters/${cluster}?at=${then}`);
    // What the hub that was killed had not recorded yet, the next one does, a moment after it serves.
    const had = ({ had: all }: ClusterAt): number | undefined => all.find((one) => one.policy === 'team')?.revision;
    await until('the last outcome is recorded', async () => had(await get<ClusterAt>(`/v1/clusters/${cluster}`)) === 2);
    const now = await get<ClusterAt>(`/v1/clusters/${cluster}`);
    const short = (at: ClusterAt): unknown => [at.told.find((one) => one.policy === 'team')?.revision, had(at)];
    expect([short(before), short(now)]).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect([now.connection, now.gaps, now.told.find((one) => one.policy === 'team')?.publishedAt === undefined]).toEqual([
      'live',
      [],
      false,
    ]);
    expect((await accord('get', 'cluster', cluster, '--at', then)).out).toMatch(/team\s+@1\s+@1\s+Applied/);
  });

  test('can be compared, and gone back to by an ordinary write', async () => {
    const diff = await accord('diff', 'team@1', 'team@2');
    expect([diff.code, diff.out.includes('+ .spec.namespaces[team].configMaps[settings].data.value: "two"')]).toEqual([1, true]);
    const reverted = await accord('revert', 'team@1', '--wait');
    expect([reverted.code, reverted.out.includes('reverted to team@1 (team@3)')], reverted.out).toEqual([0, true]);
    expect(await value()).toBe('one');
    const { items } = await get<{ readonly items: readonly { readonly revision: number; readonly reason: string }[] }>(
      '/v1/policies/team/revisions',
    );
    expect(items.map(({ revision, reason }) => `${revision} ${reason}`)).toEqual(['3 revert to team@1', '2 ', '1 ']);
  });

  test('names who changed an object of a policy, after it was healed', async () => {
    await it.kubectl(cluster, '-n', 'team', 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"value":"edited"}}');
    await until('it is healed', async () => (await value()) === 'one');
    interface Drifts {
      readonly items: readonly {
        readonly kind: string;
        readonly manager: string;
        readonly policy: string;
        readonly fields: readonly string[];
      }[];
    }
    const path = `/v1/drift?cluster=${cluster}&policy=team&object=ConfigMap/team/settings`;
    await until('it is recorded', async () => (await get<Drifts>(path)).items.length > 0);
    expect((await get<Drifts>(path)).items[0]).toMatchObject({ kind: 'healed', manager: 'kubectl-patch', policy: 'team' });
    expect((await get<Drifts>('/v1/drift?cluster=dev-1')).items).toEqual([]);
    expect((await accord('drift', '--cluster', cluster)).out).toContain('kubectl-patch');
  });

  test('shows when a cluster was away, and that tokens were made for it', async () => {
    const { items } = await get<{ readonly items: readonly { readonly object: string }[] }>('/v1/audit?action=TokenMinted');
    expect(items.length).toBeGreaterThan(1);
    expect(JSON.stringify(items)).not.toMatch(/eyJ[A-Za-z0-9_-]{20}/);
  });
});
