import type { ClusterFact } from '@accord/core/registry/facts';
import type { Recorded, Registry } from '@accord/core/registry/registry';
import { CodedError } from '@accord/proto/coded-error';
import { isClusterId } from '@accord/proto/ids';

/** The cluster that has left, as long as whoever asks names its key as well. */
export function leftMember(
  { left }: Registry,
  { cluster: id, publicKey }: { readonly cluster: string; readonly publicKey: string },
): Recorded<ClusterFact> | undefined {
  const found = isClusterId(id) ? left.get(id) : undefined;
  return found?.body.publicKey === publicKey ? found : undefined;
}

/** What a spoke hears that asks for a credential although its cluster has left. */
export function hasLeft({ body }: Recorded<ClusterFact>): CodedError {
  return new CodedError('gone', `cluster ${body.name} has left this fleet`, {
    help: 'What it holds stays as it is. To clean up, or to join again, see docs/runbooks/cluster-gone.md',
  });
}
