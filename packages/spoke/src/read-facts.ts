import type { Facts } from '@accord/proto/messages';
import { programVersion } from '@accord/proto/version';
import type { Kube } from './kube/kube.ts';
import { namespaceKind, ownRef } from './kube/own-kinds.ts';

/** What does not change while the spoke runs. */
export type StandingFacts = Omit<Facts, 'sealingKeys' | 'capacity' | 'guardrail'>;

export interface ClusterFacts {
  readonly facts: StandingFacts;
  /** What a person should know about this cluster for as long as it holds. */
  readonly alarms: readonly string[];
}

/** What the API server says of itself and of the spoke's permissions, once at the start. */
export async function readFacts(kube: Kube, signal: AbortSignal): Promise<ClusterFacts> {
  const { gitVersion, platform, permissions, nameCollisions } = await kube.inspect(signal);
  const system = await kube.get(ownRef(namespaceKind, '', 'kube-system'), signal);
  const kubeSystemUid = (system?.['metadata'] as { readonly uid?: string } | undefined)?.uid ?? '';
  const facts = { kubernetesVersion: gitVersion, platform, spokeVersion: programVersion, kubeSystemUid, permissions };
  return { facts, alarms: nameCollisions.map((name) => `NameCollision ${name}: kubectl shows it instead of ours; use the full name`) };
}
