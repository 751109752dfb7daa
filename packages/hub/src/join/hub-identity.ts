import type { ClusterId } from '@accord/proto/ids';
import type { Signer } from '@accord/proto/document';

export interface MintRequest {
  readonly id: ClusterId;
  /** nkey of the spoke; the hub mints for public keys only. */
  readonly publicKey: string;
  /** Typed, never strings that were built elsewhere: minting is where all separation is decided. */
  readonly labels: Readonly<Record<string, string>>;
  /** The token may not be older than this second. */
  readonly iatMin: number;
}

export interface MintedToken {
  readonly jwt: string;
  readonly iat: number;
  readonly exp: number;
}

/** What joining and renewing need of the hub's keys. */
export interface HubIdentity {
  readonly desired: Signer;
  /** Raw public half of the desired key. */
  readonly desiredPublicKey: Uint8Array;
  /** Fingerprint of the desired key: what installed spokes pin. */
  readonly hubKey: string;
  /** Issued at `iatMin` or later, and never in the same second as an earlier token of this key. */
  mint(request: MintRequest): MintedToken;
  /** Second of the newest token that was minted for this key; 0 when none is known. */
  lastIat(publicKey: string): number;
  /** Kills tokens issued at or before the second, on every server. Resolves when a server has taken it. */
  revoke(publicKey: string, until: number): Promise<void>;
}
