import { doubtOf, probeName } from '@accord/core/guard/ownership-rail';
import { expect, test } from 'vitest';
import type { KubeWorld } from '../kube-contract.ts';
import { configMapKind } from '../own-kinds.ts';
import { field, never, object, ours, ref, render } from './contract-objects.ts';

/** Part of the contract: what tells that the guard rail is in force, and what holds without it. The last part, as nothing else can be trusted meanwhile. */
export function describeGuardRail(world: () => KubeWorld): void {
  test('the dry run that the spoke asks is refused by the guard rail, and by nothing once it is gone', async () => {
    const { kube, admin } = world();
    const probe = () =>
      kube.apply(
        ref(configMapKind, 'accord-system', probeName),
        object(configMapKind, 'accord-system', probeName, {}),
        { dryRun: true },
        never,
      );
    const isInForce = async (): Promise<boolean> => doubtOf(await probe()) === undefined;
    expect(render(await probe())).toMatch(/^refused GuardRail: .*'accord-spoke-ownership' .*namespace accord-system is protected/);
    expect(await isInForce()).toBe(true);
    const at = ref(configMapKind, 'team', 'unguarded');
    await admin.create(object(configMapKind, 'team', 'unguarded', { data: { a: 'theirs' } }), 'kubectl-create');
    await admin.setGuarded(false);
    try {
      await expect.poll(isInForce, { timeout: 10_000 }).toBe(false);
      const answer = await probe();
      expect(answer.outcome).toBe('created');
      expect(doubtOf(answer)?.because).toContain('is not in force');
      // What the spoke must not come to: it would call its own what somebody else made.
      expect(render(await kube.apply(at, ours(configMapKind, 'team', 'unguarded', { data: { a: 'ours' } }), {}, never))).toBe('changed');
      expect(await field(kube, at, 'data')).toEqual({ a: 'ours' });
    } finally {
      await admin.setGuarded(true);
    }
    await expect.poll(isInForce, { timeout: 10_000 }).toBe(true);
  });
}
