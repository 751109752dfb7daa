import type { ClusterId } from '@accord/proto/ids';
import type { Signer } from '@accord/proto/document';
import type { TrustedKeys } from '@accord/proto/seal';
import type { TrustLink } from '@accord/proto/trust-chain';

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

/** How the key that signs for the hub is replaced. */
export interface HubTrust {
  /** A second one was added, and signs nothing yet. */
  readonly isBegun: boolean;
  /** All that ever signed for this hub: its own facts stay valid. */
  readonly verifiers: TrustedKeys;
  /** Whether a fact counts that this key signed after the given epoch had started. */
  believes(keyId: Uint8Array, epoch: number): boolean;
  /** Fingerprints by which spokes may know this hub. */
  pins(): readonly string[];
  /** From each key that signed before to the next one. */
  chain(): readonly TrustLink[];
  /** Raw public keys that spokes are to believe in this epoch, two at most. */
  told(epoch: number): readonly Uint8Array[];
}

/** What joining and renewing need of the hub's keys. */
export interface HubIdentity {
  readonly desired: Signer;
  /** Raw public half of the desired key. */
  readonly desiredPublicKey: Uint8Array;
  /** Fingerprint of the desired key: what installed spokes pin. */
  readonly hubKey: string;
  /** Keys that signed before, and that will; a hub that never replaced its key needs none of it. */
  readonly trust?: HubTrust;
  /** Issued at `iatMin` or later, and never in the same second as an earlier token of this key. */
  mint(request: MintRequest): MintedToken;
  /** Second of the newest token that was minted for this key; 0 when none is known. */
  lastIat(publicKey: string): number;
  /** Kills tokens issued at or before the second, on every server. Resolves when a server has taken it. */
  revoke(publicKey: string, until: number): Promise<void>;
}
