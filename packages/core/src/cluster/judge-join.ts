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

/**
 * Rejects with `conflict` or `exists` when the key was a cluster's before, or the key or the cluster itself is a member already.
 * `replaced` is the one whose place it takes.
 */
export function requireAllowed(registry: Registry, { publicKey, facts }: Asking, replaced: ClusterFact | undefined): void {
  const { clusters, left, formerKeys } = registry;
  // A key that was taken away may be in other hands, whatever name it asks for.
  if (replaced?.revokedAtMs !== undefined && replaced.publicKey === publicKey) throw newKeyNeeded('this key was revoked');
  for (const [id, former] of formerKeys)
    if (former.some((old) => old.publicKey === publicKey))
      throw newKeyNeeded(id === replaced?.id ? 'this key was revoked' : 'this key was that of another cluster');
  for (const { body } of left.values())
    if (body.publicKey === publicKey) throw newKeyNeeded('this key was that of a cluster that has left');
  for (const { body } of clusters.values()) {
    if (body.id === replaced?.id) continue;
    if (body.publicKey === publicKey) throw newKeyNeeded('this key belongs to another cluster');
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
