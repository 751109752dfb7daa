import { reportKeysOf } from '@accord/core/cluster/decide-key';
import type { ClusterFact } from '@accord/core/registry/facts';
import { isCoded } from '@accord/proto/coded-error';
import { parsePublicKey } from '@accord/proto/keys';
import type { Signed } from '@accord/proto/messages';
import { openReport } from '@accord/proto/signed-report';

/** By the present key, or by one that was replaced, as far as it was signed before that. Rejects like `openReport`. */
export function openByItsKeys(cluster: Pick<ClusterFact, 'publicKey' | 'replacedKeys'>, subject: string, bytes: Uint8Array): Signed {
  const [present, ...replaced] = reportKeysOf(cluster);
  try {
    return openReport(bytes, subject, parsePublicKey('user', present?.publicKey ?? ''));
  } catch (error) {
    if (!isCoded(error, 'bad-signature')) throw error;
    for (const { publicKey, until } of replaced) {
      const signed = openedBy(publicKey, subject, bytes);
      if (signed !== undefined && signed.tsMs <= until) return signed;
    }
    throw error;
  }
}

function openedBy(publicKey: string, subject: string, bytes: Uint8Array): Signed | undefined {
  try {
    return openReport(bytes, subject, parsePublicKey('user', publicKey));
  } catch (error) {
    if (isCoded(error, 'bad-signature')) return undefined;
    throw error;
  }
}
