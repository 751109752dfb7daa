import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allHubMetrics } from '@accord/hub/metrics/hub-metrics';
import { allSpokeMetrics } from '@accord/spoke/metrics/spoke-metrics';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertsOf, dashboardQueries, rulesFile } from '../monitoring-files.ts';
import { FleetFixture, until } from './fleet-fixture.ts';
import { Prometheus, promtool, prometheusProgram } from './prometheus.ts';

const clusters = ['eu-1', 'eu-2'];
let it: FleetFixture;
let prometheus: Prometheus;
let token = '';

beforeAll(async () => {
  // Before anything else is started: without them there is no test.
  for (const name of ['prometheus', 'promtool'] as const) prometheusProgram(name);
  it = await FleetFixture.start(clusters.map((name) => ({ name, labels: { env: 'prod' } })));
  const made = await it.hub('POST', '/v1/api-tokens', { name: 'prometheus', role: 'viewer', expiresIn: '720h' });
  ({ token } = made.body as { readonly token: string });
  prometheus = await Prometheus.start(it.home, configOf());
  await until('everything is scraped', async () => (await prometheus.query('up == 1')).length === 3);
  await makeNews();
});
afterAll(async () => {
  await prometheus?.stop();
  await it?.stop();
});

/** That of deploy/monitoring, with the addresses of this fleet and its own files. */
function configOf(): object {
  const { url, ca } = JSON.parse(readFileSync(join(it.fleet.paths.hub, 'hub.json'), 'utf8')) as {
    readonly url: string;
    readonly ca: string;
  };
  const files = { ca: join(it.home, 'hub-ca.pem'), token: join(it.home, 'prometheus.token') };
  writeFileSync(files.ca, ca);
  writeFileSync(files.token, token);
  const shipped = parse(readFileSync(new URL('../../deploy/monitoring/prometheus.yaml', import.meta.url), 'utf8')) as {
    readonly scrape_configs: readonly [hub: object, spoke: object];
  };
  const [hub, spoke] = shipped.scrape_configs;
  return {
    ...shipped,
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rulesFile],
    scrape_configs: [
      {
        ...hub,
        tls_config: { ca_file: files.ca },
        authorization: { credentials_file: files.token },
        static_configs: [{ targets: [new URL(url).host] }],
      },
      { ...spoke, static_configs: clusters.map((cluster) => ({ targets: [`127.0.0.1:${healthPort(cluster)}`], labels: { cluster } })) },
    ],
  };
}

function healthPort(cluster: string): number {
  const lines = readFileSync(join(it.fleet.paths.logs, `${cluster}-spoke.log`), 'utf8').split('\n');
  const served = lines.findLast((line) => line.includes('health is served')) ?? '';
  return (JSON.parse(served) as { readonly address: { readonly port: number } }).address.port;
}

/** Changes, and an edit that is undone, while Prometheus looks. */
async function makeNews(): Promise<void> {
  const settings = (value: string) => ({
    clusterSelector: {},
    namespaces: [{ name: 'news', configMaps: [{ name: 'settings', data: { a: value } }] }],
  });
  for (const value of ['1', '2', '3']) await it.untilApplied('news', await it.put('news', settings(value)), clusters);
  await it.kube('eu-1', 'PATCH', '/api/v1/namespaces/news/configmaps/settings', { data: { a: 'theirs' } });
  await until('the heal is scraped', async () => (await prometheus.query('accord_heals_total{kind="ConfigMap"} > 0')).length === 1);
  await until('the changes are scraped', async () => (await prometheus.query('accord_propagation_seconds_count >= 6')).length === 1);
}

async function scrape(of: 'hub' | 'spoke'): Promise<string> {
  if (of === 'hub') return String((await it.hub('GET', '/metrics')).body);
  return (await fetch(`http://127.0.0.1:${healthPort('eu-1')}/metrics`)).text();
}

describe('promtool', () => {
  test('takes the rules', async () => expect(await promtool(['check', 'rules', rulesFile])).toContain('SUCCESS'));

  test('finds each alert fire on what it is for, and silent on what it is not', async () => {
    expect(await promtool(['test', 'rules', new URL('monitoring-rules.yaml', import.meta.url).pathname])).toContain('SUCCESS');
  });

  test.each(['hub', 'spoke'] as const)('finds no fault with what a %s tells', async (of) => {
    const text = await scrape(of);
    expect(text.length).toBeGreaterThan(5_000);
    expect(await promtool(['check', 'metrics'], text)).toBe('');
  });
});

describe('a scrape', () => {
  test.each([
    ['hub', allHubMetrics],
    ['spoke', allSpokeMetrics],
  ] as const)('of a %s has every metric that is defined', async (of, metrics) => {
    const types = [...(await scrape(of)).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    expect(types).toEqual(metrics.map(({ name, type }) => `${name} ${type}`));
  });

  test('tells no secret and no name of a policy or an object', async () => {
    const { seed, jwt } = await it.credentialOf('eu-1');
    const texts = `${await scrape('hub')}${await scrape('spoke')}`;
    for (const secret of [token, seed, jwt, 'news', 'settings']) expect(texts).not.toContain(secret);
  });
});

describe('what leaves the processes', () => {
  /** Everything that opens a door: of the admin, of Prometheus, of a spoke. */
  const secrets = async (): Promise<readonly string[]> => {
    const { seed, jwt } = await it.credentialOf('eu-1');
    const joinToken = readFileSync(it.fleet.paths.cluster('eu-1').joinToken, 'utf8').trim();
    return [readFileSync(it.fleet.paths.adminToken, 'utf8').trim(), token, seed, jwt, joinToken];
  };

  test('no log has a credential, also when it is shown where it does not belong', async () => {
    const [admin = '', ...others] = await secrets();
    for (const secret of [admin, ...others]) {
      await it.hub('POST', '/v1/join', { token: secret });
      await it.hub('GET', `/v1/policies/${encodeURIComponent(secret)}/clusters`);
      await it.put('canary', { clusterSelector: { matchLabels: { [secret]: secret } } }).catch(() => undefined);
    }
    const logs = readdirSync(it.fleet.paths.logs).map((file) => [file, readFileSync(join(it.fleet.paths.logs, file), 'utf8')] as const);
    expect(logs.map(([file]) => file)).toEqual(expect.arrayContaining(['hub.log', 'eu-1-spoke.log']));
    for (const secret of [admin, ...others]) expect(logs.filter(([, text]) => text.includes(secret)).map(([file]) => file)).toEqual([]);
  });

  test('a bundle has neither credential nor name', async () => {
    const file = join(it.home, 'bundle.json');
    const said = await it.accord('doctor', '--bundle', file, '--anonymize');
    const text = readFileSync(file, 'utf8');
    expect([said.includes('is written'), text.length > 20_000, JSON.parse(text).missing]).toEqual([true, true, {}]);
    for (const secret of [...(await secrets()), 'eu-1', 'news', 'settings', '127.0.0.1']) expect(text).not.toContain(secret);
  });
});

describe('the dashboard', () => {
  test.each(dashboardQueries())('%s shows something of a fleet that works', async (_panel, query) => {
    await until(`${query} has a series`, async () => (await prometheus.query(query)).length > 0, 5_000);
  });

  test.each([
    ['the time of a change', 'histogram_quantile(0.99, sum by (le) (rate(accord_propagation_seconds_bucket[5m])))', 0.001, 10],
    ['the time of a heal', 'histogram_quantile(0.5, sum by (le) (rate(accord_heal_seconds_bucket[5m])))', 0.001, 10],
    ['the share of rows that are applied', 'sum(accord_policy_rows{state="Applied"}) / sum(accord_policy_rows)', 1, 1],
    ['the connections', 'accord_connections', 2, 2],
    ['objects as wanted', 'sum(accord_spoke_objects{state="applied"}) / sum(accord_spoke_objects{state="desired"})', 1, 1],
  ])('shows %s', async (_what, query, least, most) => {
    await until(`${query} is between ${least} and ${most}`, async () => {
      const [found] = await prometheus.query(query);
      return found !== undefined && found.value >= least && found.value <= most;
    });
  });
});

describe('the alerts', () => {
  /** Nobody has sent what cannot be believed, so there is no cluster to name. */
  const empty = new Set(['accord_messages_refused_total']);

  test.each(alertsOf().map(({ alert, expr }) => [alert, expr] as const))('%s looks at series that there are', async (_alert, expr) => {
    const selectors = [...expr.matchAll(/\b(?:accord\w+|up)(?:\{[^}]*\})?/g)].map(([selector]) => selector);
    expect(selectors).not.toEqual([]);
    for (const selector of selectors.filter((one) => !empty.has(one)))
      expect((await prometheus.query(selector)).length, selector).toBeGreaterThan(0);
  });

  test('are evaluated without an error, and none of them is up in a fleet that works', async () => {
    const names = alertsOf().map(({ alert }) => alert);
    const isQuiet = ({ health, state }: { readonly health: string; readonly state: string }): boolean =>
      health === 'ok' && state === 'inactive';
    await until('all were evaluated and none is pending', async () => (await prometheus.rules()).every(isQuiet));
    const rules = await prometheus.rules();
    expect(rules.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });
});
