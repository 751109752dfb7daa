import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import type { Draft } from '@accord/core/registry/draft';
import { emptyRegistry, type Registry } from '@accord/core/registry/registry';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { IntentLog } from '@accord/hub/intent/intent-log';
import type { Credential, CredentialResponse, JoinRequest } from '@accord/proto/join-api';
import { joinProofBytes, openCredential } from '@accord/proto/join';
import { createKeyPair, parsePublicKey, rawPublicKey, type KeyPair } from '@accord/proto/keys';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { HubProgram } from '../chaos/hub-program.ts';
import { until } from './fleet-fixture.ts';

export interface Invited {
  readonly token: string;
  readonly hubKey: string;
  readonly caBundle?: string;
}

export interface Answer {
  readonly status: number;
  // A test reads what it claims, and fails where it is not there.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface Asked {
  readonly key?: KeyPair;
  readonly skewMs?: number;
  readonly change?: Partial<JoinRequest>;
  readonly facts?: Partial<JoinRequest['facts']>;
  /** Of the request: the hub counts failures by it. */
  readonly from?: string;
}

const plainFacts = { kubernetesVersion: 'v1.36.3', spokeVersion: '0', kubeSystemUID: '', platform: 'linux/amd64' };

/** A real hub with its real nats-server, whoever asks it to be let in, and what a hub that died would have left behind. */
export class JoinStage {
  readonly hub: HubProgram;
  readonly #home: string;
  #addresses = 1;

  private constructor(hub: HubProgram, home: string) {
    this.hub = hub;
    this.#home = home;
  }

  /** `options` are further ones of the hub's command line. */
  static async start(options: readonly string[] = []): Promise<JoinStage> {
    const home = mkdtempSync(join(tmpdir(), 'accord-join-'));
    const stage = new JoinStage(await HubProgram.at(join(home, 'hub'), options), home);
    await stage.startHub();
    return stage;
  }

  async startHub(): Promise<void> {
    await this.hub.start();
    await until('the hub is ready', async () => (await this.hub.readiness()) === 'ok');
  }

  async stop(): Promise<void> {
    await this.hub.stop();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** As an admin. */
  async admin(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.hub.client.send(method, path, body);
  }

  async invite(cluster: string, more: object = {}): Promise<Invited> {
    const { status, body } = await this.admin('POST', '/v1/join-tokens', { cluster, expiresIn: '1h', ...more });
    if (status !== 201) throw new Error(`${cluster}: ${status} ${JSON.stringify(body)}`);
    return body as Invited;
  }

  /** The body of a join, as a spoke makes it. */
  request({ token, hubKey }: Invited, { key = createKeyPair('user'), skewMs = 0, change = {}, facts = {} }: Asked = {}): JoinRequest {
    const nonce = randomBytes(16).toString('base64url');
    const request = { publicKey: key.publicKey, facts: { ...plainFacts, ...facts }, tsMs: Date.now() + skewMs, nonce, ...change };
    return { ...request, proof: Buffer.from(key.sign(joinProofBytes(token, hubKey, request))).toString('base64') };
  }

  /** From an address of its own, unless one is given: nobody pays for the failures of another test. */
  async join(invited: Invited, asked: Asked = {}): Promise<Answer> {
    return this.post(invited.token, this.request(invited, asked), asked.from);
  }

  async joined(invited: Invited, asked: Asked = {}): Promise<Credential> {
    const request = this.request(invited, asked);
    const { status, body } = await this.post(invited.token, request, asked.from);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return openCredential(body as CredentialResponse, invited.hubKey, request.nonce);
  }

  address(): string {
    this.#addresses += 1;
    return `127.0.${Math.floor(this.#addresses / 250)}.${(this.#addresses % 250) + 2}`;
  }

  post(token: string, body: unknown, from = this.address()): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = { 'content-type': 'application/json', authorization: `Join ${token}` };
    const request = httpRequest(new URL('/v1/join', this.hub.url), { method: 'POST', headers, localAddress: from }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) as unknown }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(typeof body === 'string' ? body : JSON.stringify(body));
    return promise;
  }

  async clusters(): Promise<readonly string[]> {
    const { body } = await this.admin('GET', '/apis/accord.dev/v1alpha1/clusters');
    return (body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name).toSorted();
  }

  /** With the keys of the hub, which is dead: the first facts of a decision, as if it had died after them. */
  async leaveBehind(decide: (registry: Registry) => readonly Draft[], first: number): Promise<void> {
    const stop = new AbortController();
    const keys = openKeyRing(join(this.hub.dataDir, 'keys'), { mayCreate: false });
    const credentials = new HubCredentials({ keys, role: 'hub', clock: systemClock, log: new ListLog() });
    const bus = await connectNatsBus({
      ...{ place: () => this.hub.bus, role: 'hub', name: 'left-behind', inboxPrefix: '_INBOX' },
      ...{ credential: credentials.current, onError: () => undefined, signal: stop.signal },
    });
    const registry = emptyRegistry();
    const publicKey = parsePublicKey(keys.desired.type, keys.desired.publicKey);
    const intent = new IntentLog({
      ...{ bus, signer: { pair: keys.desired, keyId: keyIdOf(publicKey) }, keys: trustKeys([rawPublicKey(publicKey)]) },
      ...{ registry, clock: systemClock, log: new ListLog(), onFact: () => undefined },
    });
    await intent.replay(stop.signal);
    const author = { actor: 'join', reason: '', source: '', traceparent: '', requestDigest: new Uint8Array() };
    for (const draft of decide(registry).slice(0, first))
      await intent.append(draft, { ...author, requestId: randomBytes(8).toString('hex') });
    stop.abort();
    await bus.close();
  }
}
