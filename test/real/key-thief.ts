import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pushClaims } from '@accord/hub/identity/claims-requests';
import { mintHubToken, type HubRole } from '@accord/hub/identity/hub-users';
import { openKeyRing, type KeyRing } from '@accord/hub/identity/key-ring';
import { signToken } from '@accord/hub/identity/token';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import type { FleetFixture } from './fleet-fixture.ts';
import { loginOf, RawNatsClient, type RawLogin } from './raw-nats-client.ts';

/** Somebody with a copy of the keys of a hub, as they were at one moment, who reaches its bus. */
export class KeyThief {
  readonly keys: KeyRing;
  readonly #natsUrl: string;

  private constructor(keys: KeyRing, natsUrl: string) {
    this.keys = keys;
    this.#natsUrl = natsUrl;
  }

  /** With the keys of this moment, but for those that he has from before. */
  static of({ fleet }: FleetFixture, before: Partial<KeyRing> = {}): KeyThief {
    const { natsUrl } = JSON.parse(readFileSync(fleet.paths.hubFile, 'utf8')) as { readonly natsUrl: string };
    return new KeyThief({ ...openKeyRing(join(fleet.paths.hub, 'keys'), { mayCreate: false }), ...before }, natsUrl);
  }

  /** A fresh login of the hub's kind, signed by the stolen key. */
  login(role: HubRole): RawLogin {
    const user = createKeyPair('user');
    const signer = role === 'hub' ? this.keys.hubSigning : this.keys.sysSigning;
    return loginOf(mintHubToken({ keys: this.keys, role, signer, user }, Date.now()), user);
  }

  /** Stays connected, if it is let in. */
  enter(login: RawLogin): Promise<RawNatsClient> {
    return RawNatsClient.login(this.#natsUrl, login);
  }

  async isLetIn(login: RawLogin): Promise<boolean> {
    const client = await this.enter(login);
    const errors = await client.settle();
    client.close();
    return errors.length === 0;
  }

  /** Makes an account of his own under the stolen key of the operator and has the servers store it. What it answers lets a user of it in, if they use it. */
  async pushAccount(): Promise<RawLogin> {
    const [account, signing, user, admin] = [
      createKeyPair('account'),
      createKeyPair('account'),
      createKeyPair('user'),
      createKeyPair('user'),
    ];
    const iat = Math.floor(Date.now() / 1_000);
    const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: 0 };
    const nats = { type: 'account', version: 2, signing_keys: [signing.publicKey], limits: unlimited, exports: [] } as const;
    await this.#asSystem(admin, signToken(this.keys.operatorSigning, { iat, sub: account.publicKey, name: 'thief', nats }));
    const rights = { pub: { allow: ['>'] }, sub: { allow: ['>'] } };
    const ofUser = { type: 'user', version: 2, issuer_account: account.publicKey, subs: -1, data: -1, payload: -1, ...rights } as const;
    return loginOf(signToken(signing, { iat, exp: iat + 3_600, sub: user.publicKey, name: 'thief', nats: ofUser }), user);
  }

  async #asSystem(user: KeyPair, claims: string): Promise<void> {
    const jwt = mintHubToken({ keys: this.keys, role: 'sys', signer: this.keys.sysSigning, user }, Date.now());
    const bus = await connectNatsBus({
      ...{ servers: [this.#natsUrl], role: 'hub', inboxPrefix: '_INBOX', credential: () => ({ jwt, key: user }) },
      onError: () => undefined,
    });
    try {
      await pushClaims(bus, claims);
    } finally {
      await bus.close();
    }
  }
}
