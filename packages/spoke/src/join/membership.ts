import { randomBytes } from 'node:crypto';
import type { Credential, CredentialResponse } from '@accord/proto/api';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { renewProofBytes, joinProofBytes, openCredential } from '@accord/proto/join';
import type { KeyPair } from '@accord/proto/keys';
import type { Facts } from '@accord/proto/messages';
import { tagOfAnchor, type Anchor } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { CredentialStore, StoredCredential } from './credential-store.ts';
import type { HubPort } from './hub-client.ts';

export interface MembershipDeps {
  readonly store: CredentialStore;
  readonly hub: HubPort;
  /** Fingerprint of the key that signs for the hub, pinned at installation. */
  readonly hubKey: string;
  /** Undefined when no join token was given. */
  readonly readToken: () => Promise<string | undefined>;
  readonly facts: () => Omit<Facts, 'sealingKeys' | 'capacity'>;
  readonly clock: Clock;
  readonly log: Log;
}

interface TokenClaims {
  readonly iat: number;
  readonly exp: number;
  readonly nats: { readonly tags?: readonly string[] };
}

/** Tries again this often while the hub is away or says no; an administrator may be on the way. */
const retryMs = 5_000;

/** Who this cluster is to the hub: its key, and the credential that the hub last issued for it. */
export class Membership {
  readonly #deps: MembershipDeps;
  readonly #stored: StoredCredential & { readonly credential: Credential };
  #credential: Credential;
  #isStored = true;

  private constructor(deps: MembershipDeps, stored: StoredCredential & { readonly credential: Credential }) {
    this.#deps = deps;
    this.#stored = stored;
    this.#credential = stored.credential;
  }

  /** Loads the credential, or joins with the one-time token; keeps trying, and says why it cannot. */
  static async open(deps: MembershipDeps, signal: AbortSignal): Promise<Membership> {
    const stored = await deps.store.loadOrCreate(signal);
    if (stored.credential !== undefined) return new Membership(deps, { ...stored, credential: stored.credential });
    for (;;) {
      try {
        const credential = await join(deps, stored.key, signal);
        await deps.store.save({ key: stored.key, credential }, signal);
        deps.log.info('joined the fleet', { cluster: credential.id });
        return new Membership(deps, { key: stored.key, credential });
      } catch (error) {
        if (!isCoded(error) || signal.aborted) throw error;
        deps.log.error('cannot join', { code: error.code, because: error.message, help: error.help, retryMs });
        await deps.clock.sleep(retryMs, signal);
        if (signal.aborted) throw error;
      }
    }
  }

  get key(): KeyPair {
    return this.#stored.key;
  }

  get credential(): Credential {
    return this.#credential;
  }

  claims(): TokenClaims {
    return claimsOf(this.#credential.jwt);
  }

  /** Whether the token in use opens this anchor. */
  isPermitted(anchor: Anchor): boolean {
    const tag = tagOfAnchor(anchor);
    return tag === undefined || (this.claims().nats.tags ?? []).includes(tag);
  }

  /** Takes a newer token, as it comes in `_credential` or by renewal; `store` keeps it. False when it is not newer, or not for this cluster. */
  take(jwt: string): boolean {
    const next = claimsOf(jwt);
    if (next.iat <= this.claims().iat || !isFor(jwt, this.key, this.#credential.id)) return false;
    this.#credential = { ...this.#credential, jwt };
    this.#isStored = false;
    return true;
  }

  /** Keeps what was taken, once. Rejects with `unavailable`; until it is kept a restart asks the hub for the next token. */
  async store(signal: AbortSignal): Promise<void> {
    if (this.#isStored) return;
    const credential = this.#credential;
    await this.#deps.store.save({ key: this.key, credential }, signal);
    this.#isStored = credential === this.#credential;
  }

  /** Asks for the next token, over the bus or over HTTPS. The same proof serves both. */
  async renew(
    ask: (body: Parameters<HubPort['renew']>[0], signal: AbortSignal) => Promise<CredentialResponse>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const nonce = randomBytes(16).toString('base64url');
    const request = { cluster: this.#credential.id, publicKey: this.key.publicKey, tsMs: Math.round(this.#deps.clock.now()), nonce };
    const proof = Buffer.from(this.key.sign(renewProofBytes(this.#deps.hubKey, request))).toString('base64');
    const { jwt } = openCredential(await ask({ ...request, proof }, signal), this.#deps.hubKey, nonce);
    return this.take(jwt);
  }

  /** Over HTTPS, for when the bus does not let this cluster in. */
  renewOverHttps(signal: AbortSignal): Promise<boolean> {
    return this.renew((body) => this.#deps.hub.renew(body, signal), signal);
  }
}

async function join({ hub, hubKey, readToken, facts, clock }: MembershipDeps, key: KeyPair, signal: AbortSignal): Promise<Credential> {
  const token = await readToken();
  if (token === undefined)
    throw new CodedError('unauthenticated', 'there is neither a credential nor a join token', {
      help: 'Make a token at the hub: accord cluster add NAME -l KEY=VALUE',
    });
  const nonce = randomBytes(16).toString('base64url');
  const { kubernetesVersion, spokeVersion, kubeSystemUid, platform } = facts();
  const said = { kubernetesVersion, spokeVersion, kubeSystemUID: kubeSystemUid, platform };
  const request = { publicKey: key.publicKey, facts: said, tsMs: Math.round(clock.now()), nonce };
  const proof = Buffer.from(key.sign(joinProofBytes(token, hubKey, request))).toString('base64');
  return openCredential(await hub.join(token, { ...request, proof }, signal), hubKey, nonce);
}

/** The payload of a token. It is no secret, and the server checks the signature; here it only tells what the hub meant. */
export function claimsOf(jwt: string): TokenClaims & { readonly sub?: string; readonly name?: string } {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as TokenClaims;
  } catch (cause) {
    throw new CodedError('garbage', 'the token of the hub cannot be read', { cause });
  }
}

function isFor(jwt: string, key: KeyPair, id: string): boolean {
  const { sub, name } = claimsOf(jwt);
  return sub === key.publicKey && name === id;
}
