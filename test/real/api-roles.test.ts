/** Who may what, through the real hub, command line and kubectl: what is refused, and that nothing of what lies outside is shown. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ended } from '../chaos/run-program.ts';
import { until, type FleetFixture } from './fleet-fixture.ts';
import { api, hidden, policy, RolesWorld, type Called } from './roles-world.ts';

let world: RolesWorld;
let it: FleetFixture;
beforeAll(async () => {
  world = await RolesWorld.start();
  it = world.fleet;
});
afterAll(() => world.fleet.stop());

const call = (...asked: Parameters<RolesWorld['call']>): Promise<Called> => world.call(...asked);
const accord = (...words: Parameters<RolesWorld['accord']>): Promise<Ended> => world.accord(...words);

/** What one was refused oneself names what one asked for. */
function withoutOwn(audit: string, actor: string): string {
  const { items } = JSON.parse(audit) as { items: { actor: string }[] };
  return JSON.stringify(items.filter((item) => item.actor !== actor));
}

const who = ['viewer', 'operator', 'admin', 'whole-viewer', 'whole-operator'] as const;
const preview = { object: policy('team-new') };
const soon = { for: '1h', reason: 'INC-1' };

describe('operations', () => {
  // A dry run is judged as the write, so that rows do not stand in each other's way.
  const put = (name: string, spec: object = {}) => ['PUT', `${api}/clusterpolicies/${name}?dryRun=All`, policy(name, spec)] as const;
  const patch = (cluster: string, body: object) => ['PATCH', `${api}/clusters/${cluster}?dryRun=All`, body] as const;
  test.each<[string, readonly [method: string, path: string, body?: unknown], readonly number[]]>([
    ['read a policy', ['GET', `${api}/clusterpolicies/team-pay`], [200, 200, 200, 200, 200]],
    ['read a policy outside', ['GET', `${api}/clusterpolicies/base-secret`], [404, 404, 404, 200, 200]],
    ['read a cluster outside', ['GET', `${api}/clusters/prod-secret`], [404, 404, 404, 200, 200]],
    ['read rows of a cluster outside', ['GET', '/v1/clusters/prod-secret/policies'], [404, 404, 404, 200, 200]],
    ['preview', ['POST', '/v1/preview', preview], [200, 200, 200, 200, 200]],
    ['create inside', put('team-new'), [403, 201, 201, 403, 201]],
    ['create under another name', put('other'), [403, 403, 403, 403, 201]],
    ['select everything', put('team-new', { clusterSelector: {} }), [403, 403, 403, 403, 201]],
    ['select by another label', put('team-new', { clusterSelector: { matchLabels: { tier: 'gold' } } }), [403, 403, 403, 403, 201]],
    ['use a part', put('team-new', { namespaces: [{ name: 'team-x', quota: { hard: { pods: '1' } } }] }), [403, 201, 201, 403, 201]],
    [
      'use another part',
      put('team-new', { namespaces: [{ name: 'team-x', limits: [{ type: 'Pod', max: { cpu: '1' } }] }] }),
      [403, 403, 403, 403, 201],
    ],
    ['use another namespace', put('team-new', { namespaces: [{ name: 'ns-secret' }] }), [403, 403, 403, 403, 201]],
    ['use a cluster role', put('team-new', { clusterRoles: [{ name: 'r', rules: [] }] }), [403, 403, 403, 403, 201]],
    ['use a higher priority', put('team-new', { priority: 500 }), [403, 403, 201, 403, 201]],
    ['use the highest priority', put('team-new', { priority: 1000 }), [403, 403, 403, 403, 201]],
    ['suspend', put('team-pay', { suspended: true }), [403, 200, 200, 403, 200]],
    ['suspend what reaches further', put('team-wide', { suspended: true }), [403, 403, 403, 403, 200]],
    ['delete', ['DELETE', `${api}/clusterpolicies/team-pay?dryRun=All`], [403, 200, 200, 403, 200]],
    ['delete what reaches further', ['DELETE', `${api}/clusterpolicies/team-wide?dryRun=All`], [403, 403, 403, 403, 200]],
    ['delete what is outside', ['DELETE', `${api}/clusterpolicies/base-secret?dryRun=All`], [403, 403, 403, 403, 200]],
    ['relabel', patch('dev-1', { metadata: { labels: { tier: 'gold' } } }), [403, 200, 200, 403, 200]],
    ['relabel out of the binding', patch('dev-1', { metadata: { labels: { env: 'prod' } } }), [403, 403, 403, 403, 200]],
    ['relabel into the binding', patch('prod-secret', { metadata: { labels: { env: 'dev' } } }), [403, 403, 403, 403, 200]],
    ['pause', patch('dev-1', { spec: { paused: true } }), [403, 200, 200, 403, 200]],
    ['pause outside', patch('prod-secret', { spec: { paused: true } }), [403, 403, 403, 403, 200]],
    ['hold', ['POST', '/v1/policies/team-pay/holds', { ...soon, clusters: ['dev-1'] }], [403, 202, 202, 403, 202]],
    ['lift a hold', ['DELETE', '/v1/policies/team-pay/holds?clusters=dev-1'], [403, 200, 200, 403, 200]],
    [
      'hold on a cluster outside',
      ['POST', '/v1/policies/team-pay/holds', { ...soon, clusters: ['prod-secret'] }],
      [403, 404, 404, 403, 202],
    ],
    ['hold what reaches further', ['POST', '/v1/policies/team-wide/holds', { ...soon, clusters: ['dev-1'] }], [403, 403, 403, 403, 202]],
    ['hold what is outside', ['POST', '/v1/policies/base-secret/holds', { ...soon, clusters: ['dev-1'] }], [403, 403, 403, 403, 202]],
    ['freeze', ['POST', '/v1/fleet/holds', { ...soon, clusters: ['dev-1'] }], [403, 403, 202, 403, 403]],
    ['freeze outside', ['POST', '/v1/fleet/holds', { ...soon, selector: 'env=prod' }], [403, 403, 422, 403, 403]],
    ['lift a freeze', ['DELETE', '/v1/fleet/holds?clusters=dev-1'], [403, 403, 200, 403, 403]],
    ['confirm a removal', ['POST', '/v1/policies/team-pay/confirm-removal', { revision: 1, count: 1 }], [403, 403, 202, 403, 403]],
    [
      'confirm a removal outside',
      ['POST', '/v1/policies/base-secret/confirm-removal', { revision: 1, count: 1 }],
      [403, 403, 403, 403, 403],
    ],
    ['confirm an epoch', ['POST', '/v1/fleet/confirm-epoch', { epoch: 1 }], [403, 403, 403, 403, 403]],
    ['invite', ['POST', '/v1/join-tokens', { cluster: 'dev-2', labels: { env: 'dev' } }], [403, 403, 403, 403, 403]],
    ['make a token', ['POST', '/v1/api-tokens', { name: 'x', role: 'admin' }], [403, 403, 403, 403, 403]],
    ['list tokens', ['GET', '/v1/api-tokens'], [403, 403, 403, 403, 403]],
    ['revoke a token', ['DELETE', '/v1/api-tokens/viewer'], [403, 403, 403, 403, 403]],
    ['read the audit', ['GET', '/v1/audit'], [403, 403, 200, 403, 403]],
    ['read the metrics', ['GET', '/metrics'], [403, 403, 403, 200, 200]],
    ['see oneself', ['GET', '/v1/whoami'], [200, 200, 200, 200, 200]],
  ])('%s', async (_what, asked, statuses) => {
    const answers: string[] = [];
    for (const name of who) {
      const { status, text } = await call(name, ...asked);
      answers.push(`${name} ${status}`);
      if (status === 403) expect(text, 'what is missing is said').toMatch(/needs role|no binding|may not do this|concerns the whole fleet/);
    }
    expect(answers).toEqual(who.map((name, at) => `${name} ${statuses[at]}`));
  });
});

describe('nothing leaks', () => {
  const known = { policies: 'team-pay', clusters: 'dev-1' } as Record<string, string>;
  const get = (name: string, path: string): Promise<Called> => call(name, 'GET', path);
  async function paths(): Promise<readonly string[]> {
    const { paths: documented } = (await it.hub('GET', '/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
    // A stream has no end; what comes in it is looked at below.
    const routes = Object.entries(documented).filter(([path, methods]) => 'get' in methods && path !== '/v1/events');
    return routes.map(([path]) =>
      path
        .replace(/\/(\w+)\/\{name\}/, (_, of: string) => `/${of}/${known[of] ?? 'x'}`)
        .replace('{id}', 'team-pay@1')
        .replace('{revision}', '1')
        .replace(/\/diff$/, '/diff?from=1&to=1'),
    );
  }

  test.each(['viewer', 'operator', 'admin'])('in the answer of any documented GET route to the bound %s', async (name) => {
    const all = [
      ...(await paths()),
      `${api}/clusters`,
      `${api}/clusterpolicies`,
      `${api}/clusters/dev-1`,
      `${api}/clusterpolicies/team-wide`,
    ];
    expect(all.length).toBeGreaterThan(18);
    const read: string[] = [];
    for (const path of all) {
      const { status, text } = await get(name, path);
      if (status === 200) read.push(path);
      const shown = path === '/v1/audit' && status === 200 ? withoutOwn(text, `token/${name}`) : text;
      expect([path, hidden.filter((word) => shown.includes(word))]).toEqual([path, []]);
      expect([200, 403, 404], path).toContain(status);
    }
    // Or all of it was refused, and nothing was shown.
    expect(read).toEqual(
      expect.arrayContaining(['/v1/fleet', '/v1/changes', '/v1/usage', '/v1/fleet/holds', '/v1/clusters/dev-1/policies']),
    );
  });

  test('and the same routes do show it to whoever may see it', async () => {
    const texts = await Promise.all((await paths()).map(async (path) => (await get('whole-viewer', path)).text));
    expect(hidden.filter((word) => !texts.join('').includes(word))).toEqual(['team-hidden']);
  });

  test('numbers count what is seen, and nothing else', async () => {
    const { clusters, policies, rows } = JSON.parse((await get('viewer', '/v1/fleet')).text) as {
      clusters: { total: number };
      policies: number;
      rows: object;
    };
    expect([clusters.total, policies]).toEqual([1, 2]);
    expect(Object.values(rows).reduce((sum: number, count) => sum + Number(count), 0)).toBe(2);
    const wide = JSON.parse((await get('viewer', `${api}/clusterpolicies/team-wide`)).text) as {
      status: { clusters: { selected: number } };
    };
    expect(wide.status.clusters.selected).toBe(1);
  });

  test.each([
    ['GET', '/v1/policies/NAME/clusters', 'base-secret'],
    ['GET', '/v1/policies/NAME/holds', 'base-secret'],
    ['GET', `${api}/clusterpolicies/NAME`, 'base-secret'],
    ['GET', '/v1/clusters/NAME/policies', 'prod-secret'],
    ['GET', '/v1/clusters/NAME/usage', 'prod-secret'],
    ['GET', `${api}/clusters/NAME`, 'prod-secret'],
    ['GET', '/v1/changes/NAME@1', 'base-secret'],
    ['GET', '/v1/changes/cluster/NAME@1', 'prod-secret'],
    ['PATCH', `${api}/clusters/NAME`, 'prod-secret'],
    ['DELETE', `${api}/clusterpolicies/NAME`, 'base-secret'],
    ['POST', '/v1/policies/NAME/holds', 'base-secret'],
  ])('%s %s answers for %s as for what is not there', async (method, path, name) => {
    const body = method === 'GET' ? undefined : method === 'POST' ? { ...soon, clusters: ['dev-1'] } : {};
    const ask = async (as: string): Promise<string> => {
      const { status, text } = await call('operator', method, path.replace('NAME', as), body);
      return `${status} ${text.replaceAll(as, 'NAME')}`;
    };
    expect(await ask(name)).toBe(await ask('nothing-here'));
  });

  test('in watches and events', async () => {
    const ended = new AbortController();
    const texts: Record<string, string> = {};
    const listen = async (path: string): Promise<void> => {
      const response = await fetch(`${world.url}${path}`, {
        headers: { authorization: `Bearer ${world.tokens['viewer']}` },
        signal: ended.signal,
      });
      texts[path] = '';
      for await (const chunk of response.body ?? []) texts[path] += Buffer.from(chunk).toString();
    };
    const listened = ['/v1/events', `${api}/clusters?watch=true`, `${api}/clusterpolicies?watch=true`].map((path) =>
      listen(path).catch(() => undefined),
    );
    await until('all three are open', async () => Object.keys(texts).length === 3);
    await it.put('base-secret', { clusterSelector: {}, namespaces: [{ name: 'ns-secret' }] });
    await it.put('team-hidden', { clusterSelector: { matchLabels: { env: 'prod' } } });
    await it.delete('team-hidden');
    await it.relabel('prod-secret', { env: 'prod', tier: 'gold' });
    const revision = await it.put('team-pay', { clusterSelector: { matchLabels: { env: 'dev' } }, namespaces: [{ name: 'team-pay' }] });
    await until('the watch saw what it may see', async () =>
      Object.values(texts).every((text) => text.includes(`dev-1`) || text.includes(`"generation":${revision}`)),
    );
    await until('and so did the events', async () => texts['/v1/events']?.includes(`"reportedRevision":${revision}`) === true);
    ended.abort();
    await Promise.all(listened);
    // A policy of a name that one sees is shown, wherever it is meant for.
    const outside = hidden.filter((word) => word !== 'team-hidden');
    expect(outside.filter((word) => Object.values(texts).join('').includes(word))).toEqual([]);
  });

  test('the audit shows a bound admin what concerns his objects, and what he did himself', async () => {
    await call('admin', 'DELETE', `${api}/clusterpolicies/nothing`);
    const { items } = JSON.parse((await get('admin', '/v1/audit?limit=6000')).text) as {
      items: { actor: string; object: string; result: string }[];
    };
    const strange = items.filter(({ actor, object }) => actor !== 'token/admin' && !/^(policy\.team-|cluster\.)/.test(object));
    expect(strange).toEqual([]);
    expect(new Set(items.filter(({ result }) => result === 'refused').map(({ actor }) => actor))).toEqual(new Set(['token/admin']));
  });
});

describe('kubectl with a bound token', () => {
  const kubectl = (input: string, ...args: readonly string[]): Promise<Ended> => {
    const kubeconfig = join(it.home, 'bound.kubeconfig');
    const ofAdmin = readFileSync(it.fleet.paths.hubKubeconfig, 'utf8');
    const admin = readFileSync(it.fleet.paths.adminToken, 'utf8').trim();
    writeFileSync(kubeconfig, ofAdmin.replaceAll(admin, world.tokens['operator'] ?? ''), { mode: 0o600 });
    return new Promise((resolve) => {
      const child = execFile('kubectl', ['--kubeconfig', kubeconfig, ...args], { timeout: 60_000 }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
      );
      child.stdin?.end(input);
    });
  };

  test('gets what it may see', async () => {
    const { out } = await kubectl('', 'get', 'clusters,clusterpolicies', '-o', 'name');
    expect(
      out
        .trim()
        .split('\n')
        .filter((line) => !line.includes('team-hidden')),
    ).toEqual(['cluster.accord.dev/dev-1', 'clusterpolicy.accord.dev/team-pay', 'clusterpolicy.accord.dev/team-wide']);
  });

  test('applies what lies inside, and is told what lies outside', async () => {
    expect(await kubectl(JSON.stringify(policy('team-kubectl')), 'apply', '-f', '-')).toMatchObject({ code: 0 });
    const { code, err } = await kubectl(JSON.stringify(policy('team-kubectl', { clusterSelector: {} })), 'apply', '-f', '-');
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/\(Forbidden\).*token\/operator may not do this: outside of every binding: spec\.clusterSelector/s),
    ]);
    expect(await kubectl('', 'delete', 'clusterpolicy', 'team-kubectl')).toMatchObject({ code: 0 });
    expect((await kubectl('', 'delete', 'clusterpolicy', 'base-secret')).err).toContain('Forbidden');
    expect((await kubectl('', 'label', 'cluster', 'dev-1', 'env=prod', '--overwrite')).err).toContain('with its new labels');
  });
});

describe('the command line', () => {
  test('tells who one is and what one may', async () => {
    const { code, out } = await accord(world.tokens['operator'] ?? '', 'whoami');
    expect([code, out]).toEqual([
      0,
      'token/operator\noperator on env=dev: policies team-*, namespaces team-*, parts namespaces,bindings,quota,configMaps,clusters, priority up to 100\n',
    ]);
  });

  test('shows bindings in the list, and refusals with who and what in the audit', async () => {
    await call('operator', 'PUT', `${api}/clusterpolicies/team-audited`, policy('team-audited', { priority: 999 }));
    expect((await accord('', 'token', 'list')).out).toMatch(/\noperator +operator on env=dev: policies team-\*/);
    const { out } = await accord('', 'audit', '--tail', '200');
    expect(out.split('\n').find((line) => line.includes('team-audited'))).toMatch(
      / token\/operator +PUT +.*team-audited .*refused +403: .*spec\.priority: 999, at most 100/,
    );
  });

  test.each([
    [['--parts', 'quotas', '-l', 'env=dev'], 'There is no part "quotas". Did you mean quota?'],
    [['--policies', 'team-*'], 'Say for which clusters: -l env=dev'],
    [['-l', 'env=dev=x'], 'is no label requirement'],
    [['-l', 'env=dev', '--namespaces', 'Team'], 'is no pattern'],
    [['-l', 'env=dev', '--priority-max', 'high'], 'Write a whole number'],
  ])('refuses %j before it asks the hub', async (options, said) => {
    const { code, err } = await accord('', 'token', 'create', 'bad', '--role', 'operator', ...options);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });
});
