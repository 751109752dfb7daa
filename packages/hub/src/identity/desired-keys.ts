import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { equalBytes, hex } from '@accord/proto/canonical';
import type { Signer } from '@accord/proto/document';
import { fingerprint, parsePublicKey, publicKeyOf, rawPublicKey, type KeyPair } from '@accord/proto/keys';
import { keyIdOf, type TrustedKeys } from '@accord/proto/seal';
import { signLink, type TrustLink } from '@accord/proto/trust-chain';
import { adoptNextKey, makeNextKey, type ChangingKeyRing } from './key-ring.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** What is known of the keys that signed before. It is public, and no key can be made from it. */
interface Trust {
  readonly links: readonly TrustLink[];
  /** Of desired state when the last one was replaced: documents of that epoch may be signed by the key of before. */
  readonly replacedInEpoch?: number;
  /** Key id, hex, of each key that was replaced → the last epoch in which the hub believed it. */
  readonly endedIn?: Readonly<Record<string, number>>;
}

/**
 * The key that signs for the hub, and how it is replaced: from `begin` on spokes are told of two, and after `finish` the second one signs.
 * The first one signs nothing any more then, but is still believed until desired state was signed anew, which a new epoch does.
 */
export class DesiredKeys {
  readonly #keysDir: string;
  readonly #keys: ChangingKeyRing;
  #trust: Trust;
  readonly #verifiers = new Map<string, KeyObject>();
  /** Always the present one, also for who holds on to it. */
  readonly signer: Signer;

  constructor(keysDir: string, keys: ChangingKeyRing) {
    this.#keysDir = keysDir;
    this.#keys = keys;
    this.#trust = JSON.parse(readPrivateFile(trustFile(keysDir)) ?? '{"links":[]}') as Trust;
    const present = (): KeyPair => this.#keys.desired;
    let known: { readonly pair: KeyPair; readonly keyId: Uint8Array } | undefined;
    this.signer = {
      get pair() {
        return present();
      },
      get keyId() {
        // Reading a key costs as much as signing with it.
        if (known?.pair !== present()) known = { pair: present(), keyId: keyIdOf(keyOf(present())) };
        return known.keyId;
      },
    };
    // A hub that died between the key and its link.
    if (this.isBegun) this.#link();
    this.#learn();
  }

  get isBegun(): boolean {
    return this.#keys.desiredNext !== undefined;
  }

  get publicKey(): Uint8Array {
    return rawPublicKey(keyOf(this.#keys.desired));
  }

  /** Fingerprints: what an installed spoke is told, and of the key that takes its place. */
  get current(): string {
    return fingerprint(keyOf(this.#keys.desired));
  }

  get next(): string | undefined {
    return this.#keys.desiredNext && fingerprint(keyOf(this.#keys.desiredNext));
  }

  /** Of all keys that ever signed for this hub: its own facts stay valid. It grows with them. */
  get verifiers(): TrustedKeys {
    return this.#verifiers;
  }

  /** Fingerprints by which spokes may know this hub. */
  pins(): readonly string[] {
    return [this.current, ...this.#trust.links.map(({ from }) => fingerprint(publicKeyOf(bytesOf(from))))];
  }

  chain(): readonly TrustLink[] {
    return this.#trust.links;
  }

  /** What spokes are to believe, two at most. */
  told(epoch: number): readonly Uint8Array[] {
    const { desiredNext } = this.#keys;
    if (desiredNext !== undefined) return [this.publicKey, rawPublicKey(keyOf(desiredNext))];
    const old = this.isOldBelieved(epoch) ? this.#trust.links.at(-1) : undefined;
    return old === undefined ? [this.publicKey] : [this.publicKey, bytesOf(old.from)];
  }

  /** The key of before may have signed what stands in desired state. */
  isOldBelieved(epoch: number): boolean {
    return !this.isBegun && epoch <= (this.#trust.replacedInEpoch ?? -1);
  }

  /** Fingerprint of the key of before, while it is believed. */
  before(epoch: number): string | undefined {
    const old = this.isOldBelieved(epoch) ? this.#trust.links.at(-1) : undefined;
    return old && fingerprint(publicKeyOf(bytesOf(old.from)));
  }

  /** Whether a fact counts that this key signed after the given epoch had started: once everything is signed anew, whoever has an old key decides nothing. */
  believes(keyId: Uint8Array, epoch: number): boolean {
    return epoch <= (this.#trust.endedIn?.[hex(keyId)] ?? Number.POSITIVE_INFINITY) || equalBytes(keyId, this.signer.keyId);
  }

  /** Makes the next key where there is none. */
  begin(): void {
    this.#keys.desiredNext ??= makeNextKey(this.#keysDir, 'desired');
    this.#link();
    this.#learn();
  }

  /** The next key signs from now on. Nothing to do when none is begun. */
  finish(epoch: number): void {
    const next = this.#keys.desiredNext;
    if (next === undefined) return;
    // Before the key: a hub that dies in between tells of two keys for longer than it must.
    const endedIn = { ...this.#trust.endedIn, [hex(this.signer.keyId)]: epoch };
    this.#write({ ...this.#trust, replacedInEpoch: epoch, endedIn });
    adoptNextKey(this.#keysDir, 'desired');
    this.#keys.desired = next;
    delete this.#keys.desiredNext;
  }

  #link(): void {
    const { desired, desiredNext } = this.#keys;
    if (desiredNext === undefined) return;
    const link = signLink(desired, desiredNext);
    if (this.#trust.links.at(-1)?.to !== link.to) this.#write({ ...this.#trust, links: [...this.#trust.links, link] });
  }

  #write(trust: Trust): void {
    writePrivateFile(trustFile(this.#keysDir), `${JSON.stringify(trust)}\n`);
    this.#trust = trust;
  }

  #learn(): void {
    const raw = [this.publicKey, ...this.#trust.links.flatMap(({ from, to }) => [bytesOf(from), bytesOf(to)])];
    for (const key of raw.map(publicKeyOf)) this.#verifiers.set(hex(keyIdOf(key)), key);
  }
}

function trustFile(keysDir: string): string {
  return join(keysDir, 'desired.trust.json');
}

function keyOf({ type, publicKey }: KeyPair): KeyObject {
  return parsePublicKey(type, publicKey);
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
