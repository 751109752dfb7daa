import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import { secretsGrantKey } from '../policy/sealed-secrets.ts';
import { staysBehind } from './given-back.ts';
import { planApply, unguarded, type OwnedObject, type RemovalGround } from './plan-apply.ts';

const ours = (key: ObjectKey, change: Partial<OwnedObject> = {}): OwnedObject => ({
  ...{ key, owner: 'p' as PolicyName, digest: 'd', intact: true, origin: 'Created', retain: false, isNamespace: false, stage: 5 },
  ...change,
});
const map = (name: string): ObjectKey => objectKey('', 'ConfigMap', 'n', name);
const grant = objectKey('rbac.authorization.k8s.io', 'RoleBinding', 'n', 'accord:p:edit');
const ground: RemovalGround = { allowed: true, removalsMax: Number.POSITIVE_INFINITY };

/** `~` is given back, `-` deleted, `=` stays. */
function leaves(owned: readonly OwnedObject[], { givesBack = true, closed = [] as readonly ObjectKey[], removalsLeft = 99 } = {}): string {
  const { remove, held } = planApply({
    ...{ wanted: [], compared: new Set(), owned, groundOf: () => ground, objectHoldOf: () => undefined, holdOf: () => undefined },
    ...{ isShareHeld: () => false, isLost: () => false, ownedTotal: owned.length, nowMs: 1_000 },
    isGivenBack: (object) => givesBack && staysBehind(object),
    guard: {
      ...unguarded,
      removalsLeft,
      refusalOf: (key) => (closed.includes(key) ? { reason: 'Namespaces', message: 'closed' } : undefined),
    },
  });
  const words = [
    ...remove.map(({ key, how }) => `${how === 'delete' ? '-' : '~'}${key}`),
    ...held.map(({ key, reason }) => `=${key} ${reason}`),
  ];
  return words.join(', ').replaceAll(/[a-z0-9.]*\/[A-Z]\w+\/n\//g, '');
}

describe('what a policy gives back when its cluster leaves', () => {
  test('is what it made, in reverse order of the stages', () => {
    const namespace = ours(objectKey('', 'Namespace', undefined, 'n'), { isNamespace: true, stage: 1 });
    expect(leaves([namespace, ours(map('a'))])).toBe('~a, ~/Namespace//n');
  });

  test('is no grant that ends, for nobody would end it, and not the right of the spoke to read Secrets', () => {
    expect(leaves([ours(grant, { endMs: 2_000 }), ours(grant)])).toBe('-accord:p:edit, ~accord:p:edit');
    expect(leaves([ours(secretsGrantKey('n'))])).toMatch(/^-/);
    // But what somebody else made is nobody's to delete.
    expect(leaves([ours(grant, { endMs: 2_000, origin: 'Adopted' })])).toBe('~accord:p:edit');
  });

  test('waits for no guard rail: it stays where it is', () => {
    expect(leaves([ours(map('a'))], { closed: [map('a')], removalsLeft: 0 })).toBe('~a');
    expect(leaves([ours(map('a'))], { closed: [map('a')], givesBack: false })).toBe('=a Namespaces');
    expect(leaves([ours(map('a'))], { removalsLeft: 0, givesBack: false })).toBe('=a MaxRemovalsPerHour');
  });

  test('is braked by nothing, and neither is what is removed: a person let the cluster go', () => {
    const many = Array.from({ length: 30 }, (_, at) => ours(map(`o${at}`)));
    for (const givesBack of [true, false]) expect(leaves(many, { givesBack })).not.toContain('=');
  });
});
