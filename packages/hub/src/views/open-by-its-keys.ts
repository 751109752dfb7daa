import { formerKeysOf, reportKeysOf, type ReportKey } from '@accord/core/cluster/decide-key';
import type { ClusterFact, ReplacedKey } from '@accord/core/registry/facts';
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
    const signed = openedByOneOf(replaced, subject, bytes);
    if (signed === undefined) throw error;
    return signed;
  }
}

/** Whether a key signed it that the cluster had then and has no more: it is not believed, but nobody forged it. */
export function isOfFormerKey(former: readonly ReplacedKey[], subject: string, bytes: Uint8Array): boolean {
  return openedByOneOf(formerKeysOf(former), subject, bytes) !== undefined;
}

function openedByOneOf(keys: readonly ReportKey[], subject: string, bytes: Uint8Array): Signed | undefined {
  for (const { publicKey, until } of keys) {
    const signed = openedBy(publicKey, subject, bytes);
    if (signed !== undefined && signed.tsMs <= until) return signed;
  }
  return undefined;
}

function openedBy(publicKey: string, subject: string, bytes: Uint8Array): Signed | undefined {
  try {
    return openReport(bytes, subject, parsePublicKey('user', publicKey));
  } catch (error) {
    if (isCoded(error, 'bad-signature')) return undefined;
    throw error;
  }
}
