import type { HeldRemoval } from '@accord/core/apply/plan-apply';
import { seenLoss } from '@accord/core/apply/seen-loss';
import { keyParts } from '@accord/proto/ids';
import type { Kube } from '../kube/kube.ts';
import { seeInside } from './look-inside.ts';
import type { PolicyShare } from './policy-share.ts';

/** A policy may have hundreds of namespaces, and each takes a request for every kind. */
const lookedIntoMax = 8;

/** Whoever is to confirm that namespaces go with everything in them is told what that is. Looks at nothing where none waits. */
export async function withLosses(kube: Kube, share: PolicyShare, signal: AbortSignal): Promise<PolicyShare> {
  const whole = share.held.filter(({ isWhole }) => isWhole === true).slice(0, lookedIntoMax);
  if (whole.length === 0) return share;
  const told = new Map<HeldRemoval, HeldRemoval>();
  for (const removal of whole) {
    const seen = await seeInside({ kube, namespace: keyParts(removal.key).name, policy: share.policy }, signal);
    told.set(removal, { ...removal, because: seenLoss(seen) });
  }
  return { ...share, held: share.held.map((removal) => told.get(removal) ?? removal) };
}
