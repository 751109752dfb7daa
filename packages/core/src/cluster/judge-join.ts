import { CodedError } from '@accord/proto/coded-error';
import type { ClusterFact, JoinFacts } from '../registry/facts.ts';
import type { Registry } from '../registry/registry.ts';

export function unusable(): CodedError {
  return new CodedError('unauthenticated', 'this join token is unknown, expired or used', {
    help: 'Make a new one: accord cluster add NAME -l KEY=VALUE',
  });
}

/** Who asks: the key that it proved to hold, and what it says of itself. */
export interface Asking {
  readonly publicKey: string;
  readonly facts: JoinFacts;
}

/** Rejects with `conflict` or `exists` when the key, or the cluster itself, is a member already. `replaced` is the one whose place it takes. */
export function requireAllowed(registry: Registry, { publicKey, facts }: Asking, replaced: ClusterFact | undefined): void {
  // A key that was taken away may be in other hands.
  const isTakenAway =
    (replaced?.revokedAtMs !== undefined && replaced.publicKey === publicKey) || (replaced?.keysToRevoke ?? []).includes(publicKey);
  if (isTakenAway) throw newKeyNeeded('this key was revoked');
  for (const { body } of registry.clusters.values()) {
    if (body.id === replaced?.id) continue;
    const isItsKey = body.publicKey === publicKey || (body.keysToRevoke ?? []).includes(publicKey);
    if (isItsKey) throw newKeyNeeded('this key belongs to another cluster');
    if (facts.kubeSystemUID !== '' && body.kubeSystemUID === facts.kubeSystemUID)
      throw new CodedError('exists', `this cluster is a member already, under the name ${body.name}`, {
        help: `To join it again under that name: accord cluster add ${body.name} --replace. A cluster has one name, and one spoke.`,
      });
  }
}

function newKeyNeeded(because: string): CodedError {
  return new CodedError('conflict', because, {
    help: 'A spoke makes a key of its own: delete Secret accord-spoke-credential there, and join again.',
  });
}
