/**
 * What tier Standard keeps a spoke from, also one that was taken over: everything here is sent with the spoke's own token to a real
 * API server, past all our code. What a policy can do is in attacks-policies.test.ts, the other tiers are in attacks-tiers.test.ts. In words: docs/reference/permissions.md.
 */
import { KubeClient } from '@accord/local/control-plane/kube-client';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { apply, asDryRun, create, read, refuserOf, remove, thing } from './spoke-attacks/attempt.ts';
import { grantThemes } from './spoke-attacks/on-grants.ts';
import { guardThemes, mirrorAttacks, overgenerous } from './spoke-attacks/on-guards.ts';
import { kindThemes } from './spoke-attacks/on-kinds.ts';
import { namespaceDeletion } from './spoke-attacks/on-namespaces.ts';
import { objectThemes } from './spoke-attacks/on-objects.ts';
import { profiles } from './spoke-attacks/on-profiles.ts';
import { some } from './spoke-attacks/scene.ts';
import { ok, tryAll, useScene } from './spoke-attacks/try-all.ts';
import { clusterProfileDefinition } from './standard-definitions.ts';

const scene = useScene();

describe.each(Object.entries({ ...kindThemes, ...objectThemes, ...grantThemes, ...guardThemes }))('%s', (_theme, attacks) =>
  tryAll(attacks, scene),
);

describe('the token', () => {
  const body = (audiences: readonly string[]) => ({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences } });
  const mint = async (account: string, audiences: readonly string[]): Promise<string> => {
    const path = `/api/v1/namespaces/${account.replace('/', '/serviceaccounts/')}/token`;
    const answer = await ok(scene.administrator(), { method: 'POST', path, body: body(audiences), target: path });
    return (answer.body as { readonly status: { readonly token: string } }).status.token;
  };
  const says = async (token: string): Promise<string> => {
    const { url, paths } = scene.world().access;
    const client = new KubeClient({ url, caFile: paths.caFile, token });
    try {
      return refuserOf(await client.send(read('/apis/accord.dev/v1alpha1/clusterpolicies')));
    } finally {
      client.close();
    }
  };

  test('of its account lets it in', async () => expect(await says(await mint('accord-system/accord-spoke', []))).toBe('nobody'));
  test('for another audience is worth nothing here', async () =>
    expect(await says(await mint('accord-system/accord-spoke', ['https://somewhere.else']))).toBe('login'));
  test('that was changed is worth nothing', async () => {
    const [head = '', claims = '', signature = ''] = (await mint('team/default', [])).split('.');
    const forged = Buffer.from(claims, 'base64url').toString().replaceAll('team', 'accord-system').replaceAll('default', 'accord-spoke');
    expect(await says([head, Buffer.from(forged).toString('base64url'), signature].join('.'))).toBe('login');
  });
  test.each(['team/default', 'accord-system/default'])('of %s has nothing of its permissions', async (account) =>
    expect(await says(await mint(account, []))).toBe('RBAC'),
  );
});

describe('the mirror and the Guardrail are written by', () => tryAll(mirrorAttacks, { ...scene, client: scene.administrator }));

test('a kind that the owner allows it writes, and no longer once the owner takes that away', async () => {
  const services = { rules: [{ apiGroups: [''], resources: ['services'], verbs: ['create', 'patch', 'accord-apply'] }] };
  const allowed = thing('ClusterRole', 'allowed', services, { labels: { 'accord.dev/aggregate-to-manifests': 'true' } });
  const service = apply(some('Service', 'team/allowed'));
  const refuser = async (): Promise<string> => refuserOf(await scene.client().send(asDryRun(service)));
  expect(await refuser()).toBe('accord-spoke-ownership');
  await ok(scene.administrator(), create(allowed));
  await expect.poll(refuser, { timeout: 20_000 }).toBe('nobody');
  await ok(scene.administrator(), remove(allowed));
  await expect.poll(refuser, { timeout: 20_000 }).toBe('accord-spoke-ownership');
});

describe('with accord-spoke-profiles in one namespace', () => {
  beforeAll(async () => {
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    await ok(scene.administrator(), { method: 'POST', path: definitions, body: clusterProfileDefinition(), target: definitions });
    const served = async (): Promise<number> =>
      (await scene.administrator().send(read('/apis/multicluster.x-k8s.io/v1alpha1/clusterprofiles'))).status;
    await vi.waitUntil(async () => (await served()) === 200, { timeout: 20_000, interval: 50 });
    for (const attempt of profiles.byOwner) await ok(scene.administrator(), attempt);
  });
  tryAll(profiles.attacks, scene);
});

describe('with accord-spoke-namespace-delete', () => {
  beforeAll(async () => {
    for (const attempt of namespaceDeletion.byOwner) await ok(scene.administrator(), attempt);
    const isHeld = async (): Promise<boolean> => refuserOf(await scene.client().send(asDryRun(namespaceDeletion.isHeldWhen))) !== 'RBAC';
    await vi.waitUntil(isHeld, { timeout: 20_000, interval: 50 });
  });
  tryAll(namespaceDeletion.attacks, scene);
});

/** An owner may put too much into the ceiling. Reading cannot be held back then; writing is. */
describe('with a ceiling that holds far too much, it still cannot', () => {
  beforeAll(async () => {
    await ok(scene.administrator(), overgenerous.ceiling);
    const isHeld = async (): Promise<boolean> => refuserOf(await scene.client().send(overgenerous.isHeldWhen)) !== 'RBAC';
    await vi.waitUntil(isHeld, { timeout: 20_000, interval: 50 });
  });
  tryAll(overgenerous.attacks, scene);
});
