import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { localConfig, type Environment } from '../config.ts';
import { readStatus } from '../commands/status.ts';
import type { KubeClient } from '../control-plane/kube-client.ts';
import { openKubeconfig } from '../control-plane/open-kubeconfig.ts';
import { HubClient } from '../fleet/hub-client.ts';
import { fleetPaths, type FleetPaths } from '../fleet-paths.ts';
import { waitUntil } from '../wait-until.ts';
import { tryAsThief, type Stolen } from './thief.ts';
import { shown, TourShell } from './tour-shell.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const binding = '/apis/rbac.authorization.k8s.io/v1/namespaces/tour/rolebindings/accord:tour:view';
const lockdown = '/apis/accord.dev/v1alpha1/clusterpolicies/production-lockdown';
const mine = '/api/v1/namespaces/shop/configmaps/mine';

/** Shows the product against the running fleet in a minute: each step prints the real command and what was measured. */
export async function tour(env: Environment, print: (line: string) => void): Promise<void> {
  const paths = fleetPaths(localConfig(env).home);
  const { running, hubUrl } = readStatus(paths);
  if (!running || hubUrl === null)
    throw new CodedError('unavailable', `No fleet runs in ${paths.home}.`, { help: 'Start one with npm start, and come back.' });
  const shell = new TourShell({ cwd: root, env: { ...process.env, ACCORD_HOME: paths.home, NO_COLOR: '1' } }, print);
  const hub = new HubClient({ url: hubUrl, token: readFileSync(paths.adminToken, 'utf8').trim() });
  const prod = openKubeconfig(paths.cluster('prod-eu-1'));
  const dev = openKubeconfig(paths.cluster('dev-eu-1'));
  print('A tour of Accord against the running fleet. Every command below is real; times are measured as it goes.');
  try {
    await applyStep(shell);
    await healStep(shell, paths, prod, hub);
    await alone(shell, paths, prod, hub);
    await relabelStep(shell, paths, dev);
    await thiefStep(shell, paths, dev, hub);
  } finally {
    await cleanUp(shell, paths);
    prod.close();
    dev.close();
  }
}

async function applyStep(shell: TourShell): Promise<void> {
  shell.heading('1  One change, from the keyboard to every cluster that it selects');
  const { output } = await shell.run('./accord apply -f deploy/local/tour-policy.yaml --wait');
  const change = /\((tour@\d+)\)/.exec(output)?.[1] ?? 'tour@1';
  await shell.run(`./accord trace ${change}`);
}

async function healStep(shell: TourShell, paths: FleetPaths, prod: KubeClient, hub: HubClient): Promise<void> {
  shell.heading('2  Somebody takes a grant away with kubectl');
  const before = await lastHealOf(hub);
  shell.note(`the spoke had it back ${shown(await deleteAndWait(shell, paths, prod))} after it was gone`);
  await waitUntil('the heal is reported', async () => (await lastHealOf(hub)) > before, { everyMs: 10 });
  shell.note('and the hub was told');
}

async function alone(shell: TourShell, paths: FleetPaths, prod: KubeClient, hub: HubClient): Promise<void> {
  shell.heading('3  The same while hub and bus are dead');
  const before = await lastHealOf(hub);
  const pids = readStatus(paths)
    .processes.filter(({ kind }) => kind === 'hub' || kind === 'nats-server')
    .map(({ pid }) => pid);
  await shell.run(`kill -9 ${pids.join(' ')}`);
  const killedMs = performance.now();
  shell.note(`the spoke had it back ${shown(await deleteAndWait(shell, paths, prod))} after it was gone, with nobody to tell it`);
  await waitUntil('the hub comes back', async () => (await hub.send('GET', '/readyz').catch(() => undefined))?.status === 200, {
    everyMs: 50,
    limitMs: 60_000,
  });
  shell.note(`the hub was back ${shown(performance.now() - killedMs)} after it was killed`);
  await waitUntil('both heals are reported', async () => (await lastHealOf(hub)) > before, { everyMs: 50, limitMs: 60_000 });
  // The history is written a moment after the view has heard.
  await waitUntil('both heals are written down', async () => (await healsIn(hub)) >= 2, { everyMs: 50, limitMs: 60_000 });
  await shell.run('./accord drift --policy tour');
}

async function healsIn(hub: HubClient): Promise<number> {
  const { body } = await hub.send('GET', '/v1/drift?policy=tour');
  return (body as { readonly items: readonly unknown[] }).items.length;
}

async function relabelStep(shell: TourShell, paths: FleetPaths, dev: KubeClient): Promise<void> {
  shell.heading('4  A cluster moves to production, and back');
  const kubectl = `kubectl --kubeconfig ${paths.cluster('dev-eu-1').kubeconfig}`;
  await shell.run(`${kubectl} -n shop create configmap mine --from-literal=a=b`);
  await shell.run('./accord cluster label dev-eu-1 env=prod');
  shell.note(`production-lockdown arrived on dev-eu-1 after ${shown(await untilStatus(dev, lockdown, 200))}`);
  await shell.run('./accord cluster label dev-eu-1 env=dev');
  shell.note(`it left again after ${shown(await untilStatus(dev, lockdown, 404))}`);
  const isThere = (await dev.send({ method: 'GET', path: mine })).status === 200;
  shell.note(isThere ? 'the ConfigMap that a person made is still there' : 'the ConfigMap that a person made is GONE');
  await shell.run(`${kubectl} -n shop delete configmap mine`, { isQuiet: true });
}

async function thiefStep(shell: TourShell, paths: FleetPaths, dev: KubeClient, hub: HubClient): Promise<void> {
  shell.heading('5  Somebody has stolen the credential of dev-eu-1');
  await shell.run(
    `kubectl --kubeconfig ${paths.cluster('dev-eu-1').kubeconfig} -n accord-system get secret accord-spoke-credential -o name`,
  );
  const { body } = await dev.send({ method: 'GET', path: '/api/v1/namespaces/accord-system/secrets/accord-spoke-credential' });
  const fields = (body as { readonly data: Readonly<Record<string, string>> }).data;
  const text = (name: string): string => Buffer.from(fields[name] ?? '', 'base64').toString();
  const stolen = { seed: text('seed'), ...(JSON.parse(text('credential')) as Omit<Stolen, 'seed'>) };
  const { body: victim } = await hub.send('GET', '/apis/accord.dev/v1alpha1/clusters/prod-us-1');
  const { clusterID } = (victim as { readonly spec: { readonly clusterID: ClusterId } }).spec;
  for (const { what, result } of await tryAsThief(stolen, { id: clusterID, label: { key: 'env', value: 'prod' } }))
    shell.note(`${result}: ${what}`);
}

async function cleanUp(shell: TourShell, paths: FleetPaths): Promise<void> {
  shell.heading('The fleet as it was');
  await shell.run('./accord delete policy tour --wait');
  for (const cluster of ['prod-eu-1', 'prod-us-1']) {
    await shell.run(`kubectl --kubeconfig ${paths.cluster(cluster).kubeconfig} delete namespace tour --wait=false`, { isQuiet: true });
  }
}

/** Deletes the grant of the tour with kubectl, and waits until it is there again under another uid. */
async function deleteAndWait(shell: TourShell, paths: FleetPaths, client: KubeClient): Promise<number> {
  const uidOf = async (): Promise<string | undefined> => {
    const { status, body } = await client.send({ method: 'GET', path: binding });
    return status === 200 ? (body as { readonly metadata: { readonly uid: string } }).metadata.uid : undefined;
  };
  const before = await uidOf();
  let goneMs = 0;
  const isBack = async (): Promise<boolean> => {
    const now = await uidOf();
    if (now === undefined && goneMs === 0) goneMs = performance.now();
    return now !== undefined && now !== before;
  };
  const watching = waitUntil('the grant comes back', isBack, { everyMs: 1 });
  await shell.run(`kubectl --kubeconfig ${paths.cluster('prod-eu-1').kubeconfig} -n tour delete rolebinding accord:tour:view`);
  await watching;
  // When the gap was shorter than the time between two looks, one look is the honest answer.
  return goneMs === 0 ? 1 : performance.now() - goneMs;
}

async function untilStatus(client: KubeClient, path: string, wanted: number): Promise<number> {
  return waitUntil(`${path} answers ${wanted}`, async () => (await client.send({ method: 'GET', path })).status === wanted, { everyMs: 5 });
}

/** When the newest heal that the hub knows was; empty when there is none. The list is bounded, so that its length says nothing. */
async function lastHealOf(hub: HubClient): Promise<string> {
  const answer = await hub.send('GET', '/v1/fleet').catch(() => undefined);
  const { heals = [] } = (answer?.body ?? {}) as { readonly heals?: readonly { readonly healedAt: string }[] };
  return heals[0]?.healedAt ?? '';
}
