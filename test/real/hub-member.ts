import { randomBytes } from 'node:crypto';
import { openCredential, joinProofBytes, renewProofBytes } from '@accord/proto/join';
import type { Credential, CredentialResponse, RenewRequest } from '@accord/proto/join-api';
import type { ClusterId } from '@accord/proto/ids';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { beatCodec, outcomeCodec } from '@accord/proto/messages';
import { sealReport } from '@accord/proto/signed-report';
import { beatSubject, outcomeSubject, renewSubject } from '@accord/proto/subjects';
import type { HubProgram } from '../chaos/hub-program.ts';
import { loginOf, RawNatsClient, type RawMessage } from './raw-nats-client.ts';

const facts = { kubernetesVersion: 'v1.36.3', spokeVersion: '0', platform: 'linux/amd64' };

export interface Refused {
  readonly status: number;
  readonly body: { readonly code?: string; readonly detail?: string; readonly help?: string };
}

/** A cluster without a cluster behind it: it joins a real hub, has its key and token, and speaks NATS line by line. */
export class HubMember {
  readonly name: string;
  readonly key: KeyPair;
  readonly id: ClusterId;
  readonly credential: Credential;
  readonly #hub: HubProgram;
  readonly #hubKey: string;
  readonly #clients: RawNatsClient[] = [];
  #n = 0;

  private constructor(
    hub: HubProgram,
    hubKey: string,
    made: { readonly name: string; readonly key: KeyPair; readonly credential: Credential },
  ) {
    this.#hub = hub;
    this.#hubKey = hubKey;
    this.name = made.name;
    this.key = made.key;
    this.credential = made.credential;
    this.id = made.credential.id as ClusterId;
  }

  static async join(hub: HubProgram, name: string, key: KeyPair = createKeyPair('user')): Promise<HubMember> {
    const invited = await hub.client.send('POST', '/v1/join-tokens', { cluster: name, labels: { env: 'prod' }, mode: 'Enforce' });
    const { token, hubKey } = invited.body as { readonly token: string; readonly hubKey: string };
    const nonce = randomBytes(16).toString('base64url');
    const request = { publicKey: key.publicKey, facts: { ...facts, kubeSystemUID: name }, tsMs: Date.now(), nonce };
    const proof = Buffer.from(key.sign(joinProofBytes(token, hubKey, request))).toString('base64');
    const answer = await fetch(`${hub.url}/v1/join`, {
      method: 'POST',
      headers: { authorization: `Join ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...request, proof }),
    });
    if (answer.status !== 200) throw new Error(`${name} cannot join: ${await answer.text()}`);
    const credential = openCredential((await answer.json()) as CredentialResponse, hubKey, nonce);
    return new HubMember(hub, hubKey, { name, key, credential });
  }

  /** A connection with its token; whether it was let in is what `settle` tells. */
  async login(jwt = this.credential.jwt): Promise<RawNatsClient> {
    const client = await RawNatsClient.login(this.#hub.bus, loginOf(jwt, this.key));
    this.#clients.push(client);
    return client;
  }

  /** What the server says to a login: nothing where it lets it in. */
  async tryLogin(jwt = this.credential.jwt): Promise<readonly string[]> {
    const client = await this.login(jwt);
    const said = await client.settle();
    client.close();
    return said;
  }

  beat(client: RawNatsClient): void {
    client.publish(beatSubject(this.id), { body: beatCodec.encode({ tokenIat: Math.floor(Date.now() / 1000) }) });
  }

  /** An outcome, signed by its key or by another; with `object`, of one object that it healed. */
  tell(client: RawNatsClient, { by = this.key, object }: { readonly by?: KeyPair; readonly object?: string } = {}): void {
    this.#n += 1;
    const subject = outcomeSubject(this.id);
    const heals =
      object === undefined
        ? []
        : [{ object, policy: 'p', manager: 'm', operation: 'Update', seenMs: 1, healedMs: 2, fields: [], cause: 'Gone', writtenMs: 0 }];
    client.publish(subject, { body: sealReport(by, subject, { boot: 1, n: this.#n }, Date.now(), outcomeCodec.encode({ heals })) });
  }

  async renewOverHttps(): Promise<Refused> {
    const answer = await fetch(`${this.#hub.url}/v1/renew`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(this.#renewal()),
    });
    return { status: answer.status, body: (await answer.json()) as Refused['body'] };
  }

  renewOverBus(client: RawNatsClient): Promise<RawMessage> {
    const inbox = `_INBOX.${this.id}.renew.${randomBytes(4).toString('hex')}`;
    client.subscribe(`_INBOX.${this.id}.>`);
    return client.request(renewSubject(this.id), inbox, { body: JSON.stringify(this.#renewal()) });
  }

  close(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }

  #renewal(): RenewRequest {
    const nonce = randomBytes(16).toString('base64url');
    const request = { cluster: this.id, publicKey: this.key.publicKey, tsMs: Date.now(), nonce };
    return { ...request, proof: Buffer.from(this.key.sign(renewProofBytes(this.#hubKey, request))).toString('base64') };
  }
}

/** Beats and reports of members, as often as they do it themselves or more often, until `stop`. */
export function makeTraffic(members: readonly (readonly [HubMember, RawNatsClient])[], everyMs: number): { readonly stop: () => void } {
  const timer = setInterval(() => {
    for (const [member, client] of members) {
      member.beat(client);
      member.tell(client);
    }
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
