import type { SealingKeyFact } from './messages.ts';
import { sealingSuite } from './sealed-secret.ts';

/** `Cluster.status.sealing`: the keys for which secrets of a cluster are sealed, at the hub and in the cluster itself. */
export interface SealingStatus {
  /** For new secrets; empty where the spoke has told none. */
  readonly activeKeyID: string;
  /** Public nkey of the spoke. */
  readonly attestedBy: string;
  readonly keys: {
    readonly keyID: string;
    readonly suite: string;
    readonly publicKey: string;
    readonly notBefore: string;
    readonly attestation: string;
  }[];
}

/** To the second, as Kubernetes writes times. */
export function notBeforeOf(createdAtMs: number): string {
  return `${new Date(createdAtMs).toISOString().slice(0, 19)}Z`;
}

/** Keys come newest first. */
export function sealingStatus(keys: readonly SealingKeyFact[], attestedBy: string): SealingStatus {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    activeKeyID: keys[0]?.id ?? '',
    attestedBy,
    keys: keys.map(({ id, publicKey, createdAtMs, attestation }) => ({
      keyID: id,
      suite: sealingSuite,
      publicKey: base64(publicKey),
      notBefore: notBeforeOf(createdAtMs),
      attestation: base64(attestation),
    })),
  };
}
