/**
 * The attacks of attacks-spoke.test.ts in the other two tiers, again with the spoke's own token past all our code: in Observe nothing is written,
 * and in RBACAdmin the API server still refuses what is listed, until the spoke takes its guard rails away. In words: docs/reference/permissions.md.
 */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { apply, asDryRun, read, refuserOf, remove, renderAttempt, thing, type Attack, type Attempt } from './spoke-attacks/attempt.ts';
import { grantThemes } from './spoke-attacks/on-grants.ts';
import { guardThemes } from './spoke-attacks/on-guards.ts';
import { kindThemes } from './spoke-attacks/on-kinds.ts';
import { objectThemes } from './spoke-attacks/on-objects.ts';
import { binding, itself, mine, some } from './spoke-attacks/scene.ts';
import { bindTiers } from './spoke-attacks/tier.ts';
import { ok, seen, tryAll, useScene } from './spoke-attacks/try-all.ts';

const scene = useScene();

const attacks = [kindThemes, objectThemes, grantThemes, guardThemes].flatMap((themes) => Object.values(themes).flat());
const [own, table] = [attacks.filter(isOwn), attacks.filter((attack) => !isOwn(attack))];

/** What a spoke writes of itself in every tier. */
function isOwn([claim]: Attack): boolean {
  return [
    'its own lease',
    'its own credential',
    'say in its status what was refused',
    'the mirror of a newer revision, and what became of it',
    'events',
  ].some((what) => claim === `allowed: ${what}`);
}

const writes = (attempts: readonly Attempt[]): readonly Attempt[] => attempts.filter(({ method }) => method !== 'GET');
const refuser = async (attempt: Attempt): Promise<string> => refuserOf(await scene.client().send(attempt));
const untilRefusedBy = (attempt: Attempt, by: string): Promise<void> =>
  vi.waitFor(async () => expect(await refuser(attempt)).toBe(by), { timeout: 20_000, interval: 50 });
/** Changes nothing where it is allowed. */
const sameAgain = apply(some('ConfigMap', 'team/ours'));

/** One line for each write that somebody else than expected refused, or that changed something. */
async function faults(attempts: readonly Attempt[], by: (refusedBy: string) => boolean): Promise<readonly string[]> {
  const found: string[] = [];
  for (const attempt of writes(attempts)) {
    const before = await seen(scene.administrator(), attempt);
    const refusedBy = await refuser(attempt);
    const isSame = JSON.stringify(await seen(scene.administrator(), attempt)) === JSON.stringify(before);
    if (!by(refusedBy) || !isSame) found.push(`${renderAttempt(attempt)} → ${refusedBy}${isSame ? '' : ', and it has changed'}`);
  }
  return found;
}

describe('tier Observe', () => {
  beforeAll(async () => {
    await bindTiers(scene.administrator(), ['Observe']);
    await untilRefusedBy(sameAgain, 'RBAC');
  });

  test.each(table)('has no permission for it: %s', async (_claim, attempts, inStandard) => {
    expect(await faults(attempts, (by) => by === (inStandard === 'login' ? 'login' : 'RBAC'))).toEqual([]);
  });

  tryAll(own, scene);

  test('reads what policies are made of, and no Secret', async () => {
    const readable = ['configmaps', 'serviceaccounts', 'resourcequotas', 'limitranges'].map((kind) => read(`/api/v1/${kind}`));
    for (const attempt of readable) expect(await refuser(attempt)).toBe('nobody');
    expect(await refuser(read('/api/v1/secrets'))).toBe('RBAC');
    expect(await refuser(read('/api/v1/pods'))).toBe('RBAC');
  });
});

describe('tier Observe, where somebody binds all of tier Standard as well', () => {
  /** They build on what a row before them has written. */
  const onOthers = [
    'allowed: write them there',
    'allowed: read all that are there, and let others read them, as it may bind admin there',
    'allowed: a role of its own',
  ];
  const allowed = table.filter(([claim, , inStandard]) => inStandard === 'nobody' && !onOthers.includes(claim));

  beforeAll(async () => {
    await bindTiers(scene.administrator(), ['Observe', 'Standard']);
    await untilRefusedBy(sameAgain, 'accord-spoke-dryrun-only');
    await untilRefusedBy(asDryRun(sameAgain), 'nobody');
  });

  test.each(allowed)('a dry run may do it, and a write may not: %s', async (_claim, attempts) => {
    for (const attempt of writes(attempts)) expect(await refuser(asDryRun(attempt)), renderAttempt(attempt)).toBe('nobody');
    expect(await faults(attempts, (by) => by === 'accord-spoke-dryrun-only')).toEqual([]);
  });

  test('no attempt of the table writes anything', async () => {
    const others = table.filter((attack) => !allowed.includes(attack)).flatMap(([, attempts]) => attempts);
    expect(await faults(others, (by) => by !== 'nobody')).toEqual([]);
  });
});

describe('tier RBACAdmin', () => {
  /** Rows of the table that say something else here than in tier Standard. */
  const changed: Readonly<Record<string, Attack[2] | readonly [by: Attack[2], says: string]>> = {
    'a role that reads Secrets': 'nobody',
    'a role with one verb more': 'nobody',
    'a role with a subresource more': 'nobody',
    'a role that impersonates': 'nobody',
    'a role with everything': 'nobody',
    'a role for all URLs': 'nobody',
    'a role that escalates': 'nobody',
    'a role that grows by labels': 'nobody',
    'its own role, made larger': 'nobody',
    'a role of others that reads Secrets': 'nobody',
    'the permission to bind, which it has': 'nobody',
    'a role that mints tokens': ['accord-spoke-roles', 'resources that mint credentials are refused'],
    'cluster-admin': ['accord-spoke-bindings', 'cluster-admin is never bound by policy'],
    'the role of a node': ['accord-spoke-bindings', 'system roles are not bound by policy'],
    'tier RBACAdmin': ['accord-spoke-bindings', 'the roles of the spoke are not granted by policy'],
  };
  const guards = ['admission policies and their bindings', 'new admission, and all of it'];
  /** Neither `update` nor `deletecollection` is in any of its roles. */
  const isBeyondRBAC = ({ method, path, target }: Attempt): boolean => method === 'PUT' || (method === 'DELETE' && path !== target);
  const here = table.map(([claim, attempts, by, says]): Attack => {
    const [byHere, saysHere] = [changed[claim] ?? [by, says]].flat();
    return [claim, guards.includes(claim) ? attempts.filter(isBeyondRBAC) : attempts, byHere as Attack[2], saysHere ?? ''];
  });
  const gained = here.filter(([claim]) => changed[claim] === 'nobody');

  beforeAll(async () => {
    await bindTiers(scene.administrator(), ['Standard', 'RBACAdmin']);
    await untilRefusedBy(sameAgain, 'nobody');
    await untilRefusedBy(
      asDryRun(apply(thing('ClusterRole', 'any', { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }))),
      'nobody',
    );
  });

  test.each(gained)('grants it, other than tier Standard: %s', async (_claim, attempts) => {
    for (const attempt of attempts) expect(await refuser(asDryRun(attempt)), renderAttempt(attempt)).toBe('nobody');
  });

  tryAll(
    here.filter((attack) => !gained.includes(attack)),
    scene,
  );

  test('can take its own guard rails away, and is an administrator of the cluster then', async () => {
    const admin = binding('ClusterRoleBinding', 'self', ['ClusterRole', 'cluster-admin'], [itself]);
    const foreign = mine('kube-system/theirs');
    expect(await refuser(apply(admin))).toBe('accord-spoke-bindings');
    expect(await refuser(remove(foreign))).toBe('accord-spoke-ownership');
    for (const name of ['accord-spoke-bindings', 'accord-spoke-ownership'])
      await ok(scene.client(), remove(thing('ValidatingAdmissionPolicyBinding', name)));
    await untilRefusedBy(apply(admin), 'nobody');
    await untilRefusedBy(read('/api/v1/namespaces/kube-system/secrets/theirs'), 'nobody');
    await untilRefusedBy(remove(foreign), 'nobody');
  });
});
