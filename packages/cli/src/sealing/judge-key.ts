import { CodedError } from '@accord/proto/coded-error';
import { sealingKeyId } from '@accord/proto/hpke';
import type { Recipient } from '@accord/proto/seal-secret';
import { isAttested } from '@accord/proto/sealing-attestation';
import type { Pin } from './pins.ts';

/** The key that a hub shows for a cluster. */
export interface OfferedKey extends Pin {
  readonly cluster: string;
  readonly publicKey: Uint8Array;
  readonly attestation: Uint8Array;
}

/** What is to be known about a key that is taken. */
export type Taken = 'as-pinned' | 'first-use' | 'compared' | 'rotated';

/** How people see at the cluster itself which key it has. */
export function howToCompare(cluster: string): string {
  return `kubectl get clusters.accord.dev ${cluster} -o jsonpath='{.status.sealing.activeKeyID}'`;
}

/**
 * Whether secrets may be sealed for what the hub shows. Rejects with `bad-signature` or `conflict`.
 *
 * `compared` is the fingerprint that a person read at the cluster. Without it the first key is taken as it is; a later one only when the
 * spoke that attested the first attests it too, and it is not older.
 */
export function judgeKey(offered: OfferedKey, pin: Pin | undefined, compared: string | undefined): Taken {
  const { cluster, clusterID, publicKey, notBefore, keyID, spoke, attestation } = offered;
  if (keyID !== sealingKeyId(publicKey) || !isOfSpoke(offered, attestation))
    throw new CodedError('bad-signature', `What the hub shows as the key of ${cluster} is not attested by the spoke of that cluster`, {
      help: `Do not seal with it. Look at the cluster itself: ${howToCompare(cluster)}`,
    });
  if (compared !== undefined) {
    if (compared === keyID) return 'compared';
    throw new CodedError('conflict', `The hub shows key ${keyID} for ${cluster}, and not ${compared}`, {
      help: `Compare again on the cluster: ${howToCompare(cluster)}`,
    });
  }
  if (pin === undefined) return 'first-use';
  const isSame = pin.clusterID === clusterID && pin.keyID === keyID;
  if (isSame && pin.spoke === spoke) return 'as-pinned';
  const isNext = pin.clusterID === clusterID && pin.spoke === spoke && Date.parse(notBefore) >= Date.parse(pin.notBefore);
  if (isNext) return 'rotated';
  throw new CodedError('conflict', `The key of ${cluster} has changed to ${keyID}, and what was pinned before does not vouch for it`, {
    help: `Read it on the cluster itself with: ${howToCompare(cluster)} – and if it is the same, repeat this with --pin ${cluster}=${keyID}`,
  });
}

function isOfSpoke({ spoke, ...key }: OfferedKey, attestation: Uint8Array): boolean {
  try {
    return isAttested(spoke, key, attestation);
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}

export function recipientOf({ cluster, clusterID, keyID, publicKey }: OfferedKey): Recipient {
  return { cluster, clusterID, id: keyID, publicKey };
}
