import type { JsonObject } from '@accord/proto/canonical';
import { allowLabel } from '@accord/proto/labels';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeApply } from './contract/apply-contract.ts';
import { describeDefinitions, describeVersions } from './contract/definition-contract.ts';
import { describeDrift } from './contract/drift-contract.ts';
import { applied, ours, ref } from './contract/contract-objects.ts';
import { describeGuardRail } from './contract/guard-rail-contract.ts';
import { describeOwnership, describeRemoval } from './contract/ownership-contract.ts';
import { describeReading, describeWatch } from './contract/watch-contract.ts';
import type { Kube, ObjectRef } from './kube.ts';
import { namespaceKind } from './own-kinds.ts';

/** A cluster with the guard rails of the spoke, and somebody with all rights in it. */
export interface KubeWorld {
  /** The client under test, with the rights of the spoke and no more. */
  readonly kube: Kube;
  /** What others do, past all guard rails. */
  readonly admin: {
    create(object: JsonObject, manager: string): Promise<void>;
    /** JSON merge patch. */
    edit(ref: ObjectRef, manager: string, change: JsonObject): Promise<void>;
    drop(ref: ObjectRef): Promise<void>;
    /** Takes the binding of the guard rail `accord-spoke-ownership` away, or puts it back. It is in force, or out of it, a moment later. */
    setGuarded(isGuarded: boolean): Promise<void>;
  };
  close(): Promise<void>;
}

/** What every Kube must do. The fake and the client of a real API server call this from their own test files. */
export function describeKubeContract(name: string, create: () => Promise<KubeWorld>): void {
  describe(`kube contract: ${name}`, () => {
    let world: KubeWorld;
    beforeAll(async () => {
      world = await create();
      // One namespace that a policy manages, one whose owner opened it, one that nobody opened.
      await applied(world.kube, ref(namespaceKind, 'team'), ours(namespaceKind, 'team'));
      for (const [at, labels] of [
        ['opened', { [allowLabel]: 'true' }],
        ['closed', {}],
      ] as const) {
        await world.admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: at, labels } }, 'owner');
      }
    });
    afterAll(() => world.close());

    describeApply(() => world);
    describeOwnership(() => world);
    describeRemoval(() => world);
    describeDrift(() => world);
    describeWatch(() => world);
    describeReading(() => world);
    describeDefinitions(() => world);
    describeVersions(() => world);
    describeGuardRail(() => world);
  });
}
