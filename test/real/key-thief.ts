import { join } from 'node:path';
import type { BusPlace } from '@accord/bus/bus';
import { hubClaims } from '@accord/hub/identity/account-claims';
import { pushClaims } from '@accord/hub/identity/claims-requests';
import { mintHubToken, type HubRole } from '@accord/hub/identity/hub-users';
import { openKeyRing, type KeyRing } from '@accord/hub/identity/key-ring';
import { signToken } from '@accord/hub/identity/token';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { sha256 } from '@accord/proto/canonical';
import { peekDocument, sealDocument, sealIndex } from '@accord/proto/document';
import type { PolicyName } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, type KeyPair } from '@accord/proto/keys';
import { indexCodec, type Index } from '@accord/proto/messages';
import { keyIdOf } from '@accord/proto/seal';
import { anchorAll, desiredSubject, indexSubject, policyDoc, type Anchor } from '@accord/proto/subjects';
import { busOfHub } from '../bus-of-hub.ts';
import type { FleetFixture } from './fleet-fixture.ts';
import { loginOf, RawNatsClient, type RawLogin } from './raw-nats-client.ts';

/** Somebody with a copy of the keys of a hub, as they were at one moment, who reaches its bus. */
export class KeyThief {
  readonly keys: KeyRing;
  readonly #place: BusPlace;

  private constructor(keys: KeyRing, place: BusPlace) {
    this.keys = keys;
    this.#place = place;
  }

  /** With the keys of this moment, but for those that he has from before. */
  static of({ fleet }: FleetFixture, before: Partial<KeyRing> = {}): KeyThief {
    return new KeyThief({ ...openKeyRing(join(fleet.paths.hub, 'keys'), { mayCreate: false }), ...before }, busOfHub(fleet.paths.hub));
  }

  /** A fresh login of the hub's kind, signed by the stolen key. */
  login(role: HubRole): RawLogin {
    const { jwt, key } = this.#credential(role);
    return loginOf(jwt, key);
  }

  #credential(role: HubRole): { readonly jwt: string; readonly key: KeyPair } {
    const key = createKeyPair('user');
    const signer = role === 'hub' ? this.keys.hubSigning : this.keys.sysSigning;
    return { jwt: mintHubToken({ keys: this.keys, role, signer, user: key }, Date.now()), key };
  }

  /** Stays connected, if it is let in. */
  enter(login: RawLogin): Promise<RawNatsClient> {
    return RawNatsClient.login(this.#place, login);
  }

  async isLetIn(login: RawLogin): Promise<boolean> {
    const client = await this.enter(login);
    const errors = await client.settle();
    client.close();
    return errors.length === 0;
  }

  /** Makes an account of his own under the stolen key of the operator and has the servers store it. What it answers lets a user of it in, if they use it. */
  async pushAccount(): Promise<RawLogin> {
    const [account, signing, user] = [createKeyPair('account'), createKeyPair('account'), createKeyPair('user')];
    const iat = Math.floor(Date.now() / 1_000);
    const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: 0 };
    const nats = { type: 'account', version: 2, signing_keys: [signing.publicKey], limits: unlimited, exports: [] } as const;
    const claims = signToken(this.keys.operatorSigning, { iat, sub: account.publicKey, name: 'thief', nats });
    await this.#as('sys', (bus) => pushClaims(bus, claims));
    const rights = { pub: { allow: ['>'] }, sub: { allow: ['>'] } };
    const ofUser = { type: 'user', version: 2, issuer_account: account.publicKey, subs: -1, data: -1, payload: -1, ...rights } as const;
    return loginOf(signToken(signing, { iat, exp: iat + 3_600, sub: user.publicKey, name: 'thief', nats: ofUser }), user);
  }

  /** Has the servers store claims of HUB that are newer than any that the hub will make for long, and that no server uses. */
  async pushForeignClaims(): Promise<void> {
    const iat = Math.floor(Date.now() / 1_000) + 1_000_000;
    const foreign = { iat, sub: this.keys.hub.publicKey, name: 'HUB', nats: hubClaims(this.keys) };
    const claims = signToken(createKeyPair('operator'), foreign);
    await this.#as('sys', (bus) => pushClaims(bus, claims));
  }

  /** Publishes a policy with another text in it, signed by the stolen key of desired state, as the hub would. */
  async forgePolicy(name: string, change: (text: string) => string): Promise<void> {
    const subject = desiredSubject(anchorAll, policyDoc(name as PolicyName));
    const signer = this.#signer();
    await this.#as('hub', async (bus) => {
      const [document, index] = [await bus.last(subject), await bus.last(indexSubject(anchorAll))];
      if (document === undefined || index === undefined) throw new Error(`${name} is not published to all`);
      const { statement, body: was } = peekDocument(document.body, subject);
      const body = new TextEncoder().encode(change(new TextDecoder().decode(was)));
      const stands = indexCodec.decode(peekDocument(index.body, index.subject).body);
      const [version, step] = [stands.version + 1, statement.step + 1];
      const doc = policyDoc(name as PolicyName);
      const entries = stands.entries.map((entry) => (entry.doc === doc ? { ...entry, step, digest: sha256(body) } : entry));
      const forged = sealDocument(signer, { ...statement, step, version, specDigest: sha256(body) }, body);
      const forgedIndex = sealIndex(signer, index.subject, { ...stands, version, entries }, { issuedAtMs: Date.now() });
      const items = [
        { subject, body: forged },
        { subject: index.subject, body: forgedIndex, expectSeq: index.seq },
      ];
      await bus.append(items, `thief.${version}`);
    });
  }

  /** Puts another index into an anchor, signed as the hub signs, and returns the one before. Who reads it does not know that the hub has not written it. */
  async forgeIndex(anchor: Anchor, change: (stands: Index) => Index): Promise<Index> {
    return this.#as('hub', async (bus) => {
      const subject = indexSubject(anchor);
      const stored = await bus.last(subject);
      if (stored === undefined) throw new Error(`nothing is published in ${anchor}`);
      const stands = indexCodec.decode(peekDocument(stored.body, subject).body);
      const body = sealIndex(this.#signer(), subject, change(stands), { issuedAtMs: Date.now() });
      await bus.append([{ subject, body, expectSeq: stored.seq }], `thief.index.${stored.seq}`);
      return stands;
    });
  }

  #signer(): { readonly pair: KeyPair; readonly keyId: Uint8Array } {
    const publicKey = parsePublicKey(this.keys.desired.type, this.keys.desired.publicKey);
    return { pair: this.keys.desired, keyId: keyIdOf(publicKey) };
  }

  async #as<T>(role: HubRole, work: (bus: NatsBus) => Promise<T>): Promise<T> {
    const credential = this.#credential(role);
    const bus = await connectNatsBus({
      ...{ place: () => this.#place, role: 'hub', inboxPrefix: '_INBOX', credential: () => credential },
      onError: () => undefined,
    });
    try {
      return await work(bus);
    } finally {
      await bus.close();
    }
  }
}
