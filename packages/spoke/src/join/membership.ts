import { randomBytes } from 'node:crypto';
import type { BusPlace } from '@accord/bus/bus';
import type { Credential, CredentialResponse } from '@accord/proto/join-api';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { openCredential, renewProofBytes, tokenHash } from '@accord/proto/join';
import { createKeyPair, fingerprint, publicKeyOf, type KeyPair } from '@accord/proto/keys';
import { tagOfAnchor, type Anchor } from '@accord/proto/subjects';
import { fingerprintOf, type CredentialStore, type StoredCredential } from './credential-store.ts';
import { formerServers } from './former-servers.ts';
import { keepTrying, pendingMs, tryToJoin, type FirstContactDeps } from './first-contact.ts';
import type { HubPort } from './hub-client.ts';
import { patiently } from '../kube/patiently.ts';

export interface MembershipDeps extends FirstContactDeps {
  readonly store: CredentialStore;
}

interface TokenClaims {
  readonly iat: number;
  readonly exp: number;
  readonly nats: { readonly tags?: readonly string[] };
}

/** Sends a request for a credential, on whatever way. */
export type AskRenewal = (body: Parameters<HubPort['renew']>[0], signal: AbortSignal) => Promise<CredentialResponse>;

/** What replaces its part of a credential. Who it is stays as it was when it joined. */
type Issued = Pick<Credential, 'jwt'> & Partial<Pick<Credential, 'desiredKeys' | 'member' | 'anchors' | 'servers' | 'ca'>>;

/** A Secret that was changed is in its file within a minute or two. */
const lookForTokenMs = 30_000;
/** Whoever writes it is in a hurry. */
const lookForPinMs = 10_000;

/** The hub is away, or has not replaced its key yet. */
const pinnedRetryMs = 5_000;

const noKeys: string[] = [];

type Joined = StoredCredential & { readonly credential: Credential };

/** Who this cluster is to the hub: its key, and the credential that the hub last issued for it. */
export class Membership {
  readonly #deps: MembershipDeps;
  #stored: Joined;
  #credential: Credential;
  #isStored = true;
  /** It has joined again, or was pinned anew: what this process still holds must not be written any more. */
  #isOver = false;
  /** Of the hub's keys, the one that the owner of the cluster wants to be believed. Undefined: the one of the installation. */
  #pin: string | undefined;
  /** Whoever reads the log is told of a pin once. */
  #toldPin: string | undefined;

  private constructor(deps: MembershipDeps, stored: Joined, pin: string | undefined) {
    this.#deps = deps;
    this.#stored = stored;
    this.#credential = stored.credential;
    this.#pin = pin;
  }

  /** Loads the credential, or joins with the one-time token; keeps trying, and says why it cannot. */
  static async open(deps: MembershipDeps, signal: AbortSignal): Promise<Membership> {
    const answered = patiently(deps, signal);
    const stored = await answered(() => deps.store.loadOrCreate(signal));
    const pin = await answered(() => deps.store.pin(signal));
    if (stored.credential !== undefined) {
      const membership = new Membership(deps, { ...stored, credential: stored.credential }, pin);
      await membership.#untilOfPin(signal);
      return membership;
    }
    for (;;) {
      const asked = await tryToJoin({ ...deps, hubKey: pin ?? deps.hubKey }, stored.key, signal);
      if ('credential' in asked) {
        const joined = { key: stored.key, ...asked, ...(pin !== undefined && { pinnedTo: pin }) };
        await keepTrying(deps, () => deps.store.save(joined, signal), signal);
        deps.log.info('joined the fleet', { cluster: asked.credential.id });
        return new Membership(deps, joined, pin);
      }
      await deps.clock.sleep(asked.retryMs, signal);
      if (signal.aborted) throw new CodedError('unavailable', 'stopped before it had joined');
    }
  }

  /**
   * Joins again, with another key, when the file holds a token that did not bring this membership: for whoever lost it, or is to be
   * another member. Until the hub lets that key in, everything goes on with the old one.
   *
   * Resolves with how long to wait, or undefined when it has joined: then this process must end, for the next one to begin with it.
   */
  async joinAgain(signal: AbortSignal): Promise<number | undefined> {
    const { store, readToken, log } = this.#deps;
    const token = await readToken().catch(asNone);
    const { joinedWith } = this.#stored;
    if (token === undefined || joinedWith === undefined || tokenHash(token) === joinedWith) return lookForTokenMs;
    const nextKey = this.#stored.nextKey ?? createKeyPair('user');
    // Before anything is sent, so that a crash asks again with the same key.
    const saved = { ...this.#stored, credential: this.#credential, nextKey };
    const isNew = this.#stored.nextKey === undefined;
    this.#stored = { ...this.#stored, nextKey };
    if (isNew) await keepTrying(this.#deps, () => store.save(saved, signal), signal);
    const asked = await tryToJoin({ ...this.#deps, hubKey: this.#hubKey }, nextKey, signal);
    if (!('credential' in asked)) return Math.max(asked.retryMs, pendingMs);
    this.#isOver = true;
    const joined = { key: nextKey, ...asked, ...(this.#pin !== undefined && { pinnedTo: this.#pin }) };
    await keepTrying(this.#deps, () => store.save(joined, signal), signal);
    log.info('joined the fleet again, with a new key', { cluster: asked.credential.id });
    return undefined;
  }

  /**
   * Looks whether the owner of the cluster has pinned another key of the hub, for example because the one of before was stolen. From then on
   * nothing that comes is believed, and what is there stays in force, until the hub has answered with that key.
   *
   * Resolves with how long to wait, or undefined when it has a credential of that key: then this process must end, since how far it had come
   * was told by whoever it believed before.
   */
  async followPin(signal: AbortSignal): Promise<number | undefined> {
    const { store, log } = this.#deps;
    this.#pin = (await store.pin(signal).catch(asNone)) ?? this.#pin;
    if (!this.#isPinnedAnew) return lookForPinMs;
    if (this.#toldPin !== this.#pin)
      log.warn('its owner pinned another key of the hub; nothing that others sign is believed', { hubKey: this.#pin });
    this.#toldPin = this.#pin;
    try {
      await this.#renewForPin(signal);
      return undefined;
    } catch (error) {
      if (!isCoded(error) || signal.aborted) throw error;
      log.error('the hub has not answered with the pinned key', { code: error.code, because: error.message, help: error.help });
      return pinnedRetryMs;
    }
  }

  /** A start goes on only with what the pinned key has signed. */
  async #untilOfPin(signal: AbortSignal): Promise<void> {
    while (this.#isPinnedAnew) {
      const pauseMs = await this.followPin(signal);
      if (pauseMs === undefined) {
        this.#credential = this.#stored.credential;
        this.#isOver = false;
      } else await this.#deps.clock.sleep(pauseMs, signal);
      if (signal.aborted) throw new CodedError('unavailable', 'stopped before the hub had answered with the pinned key');
    }
  }

  get #isPinnedAnew(): boolean {
    return this.#pin !== undefined && this.#pin !== this.#stored.pinnedTo;
  }

  async #renewForPin(signal: AbortSignal): Promise<void> {
    const { store, log } = this.#deps;
    const pinnedTo = this.#hubKey;
    const issued = await this.#ask(this.overHttps, signal);
    if (!isFor(issued.jwt, this.key, this.#credential.id))
      throw new CodedError('bad-signature', 'the hub answers with a token for another key');
    this.#isOver = true;
    // Whatever the one of before said of its time: it may be of a thief.
    this.#adopt(issued);
    this.#stored = { ...this.#stored, credential: this.#credential, pinnedTo };
    // This process has been told by it how far it is, so it goes on believing nothing until it ends.
    this.#credential = { ...this.#credential, desiredKeys: noKeys };
    await keepTrying(this.#deps, () => store.save(this.#stored, signal), signal);
    log.info('has a credential of the pinned key', { hubKey: pinnedTo });
  }

  get key(): KeyPair {
    return this.#stored.key;
  }

  /** Without keys to believe while the pinned one has not answered. A pin that is put back leaves everything as it was. */
  get credential(): Credential {
    return this.#isPinnedAnew ? { ...this.#credential, desiredKeys: noKeys } : this.#credential;
  }

  /** Where the hub said last that the bus is, and where it was before. */
  get place(): BusPlace {
    const { servers, ca } = this.#credential;
    return { servers, former: this.#stored.former ?? [], ca };
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
  take(issued: Issued): boolean {
    const { jwt } = issued;
    const next = claimsOf(jwt);
    if (this.#isPinnedAnew) return false;
    if (next.iat <= this.claims().iat || !isFor(jwt, this.key, this.#credential.id)) return false;
    this.#adopt(issued);
    return true;
  }

  #adopt(issued: Issued): void {
    this.#stored = { ...this.#stored, former: formerServers(this.place, issued.servers ?? []) };
    this.#credential = { ...this.#credential, ...issued };
    this.#isStored = false;
  }

  /** Keeps what was taken, once. Rejects with `unavailable`; until it is kept a restart asks the hub for the next token. */
  async store(signal: AbortSignal): Promise<void> {
    if (this.#isStored || this.#isOver) return;
    const credential = this.#credential;
    await this.#deps.store.save({ ...this.#stored, credential }, signal);
    this.#isStored = credential === this.#credential;
  }

  /** Asks for the next token, over the bus or over HTTPS. The same proof serves both. */
  async renew(ask: AskRenewal, signal: AbortSignal): Promise<boolean> {
    return this.take(await this.#ask(ask, signal));
  }

  /** Whether the hub says that this cluster is no member any more. False where it does not answer, or says something else. */
  async hasEnded(signal: AbortSignal): Promise<boolean> {
    try {
      await this.renew(this.overHttps, signal);
      return false;
    } catch (error) {
      if (!isCoded(error)) throw error;
      return error.code === 'gone';
    }
  }

  async #ask(ask: AskRenewal, signal: AbortSignal): Promise<Issued> {
    const nonce = randomBytes(16).toString('base64url');
    const request = { cluster: this.#credential.id, publicKey: this.key.publicKey, tsMs: Math.round(this.#deps.clock.now()), nonce };
    const proof = Buffer.from(this.key.sign(renewProofBytes(this.#hubKey, request))).toString('base64');
    return issuedOf(openCredential(await ask({ ...request, proof }, signal), this.#pins(), nonce));
  }

  /** Whether its key is to be replaced: it is told so of the key that it has, or has begun. Joining again is such a thing by itself. */
  hasKeyToReplace(told: string | undefined): boolean {
    const { key, nextKey, replacement } = this.#stored;
    return nextKey === undefined && !this.#isOver && !this.#isPinnedAnew && (replacement !== undefined || told === key.publicKey);
  }

  /**
   * Replaces its key, which both keys sign. A crash at any step goes on with the same second key, which is stored before it is sent;
   * the hub answers the same request again. True when it has the new one.
   */
  async replaceKey(ask: AskRenewal, signal: AbortSignal): Promise<boolean> {
    const { store, clock, log } = this.#deps;
    const replacement = this.#stored.replacement ?? createKeyPair('user');
    if (this.#stored.replacement === undefined) {
      await store.save({ ...this.#stored, credential: this.#credential, replacement }, signal);
      this.#stored = { ...this.#stored, replacement };
    }
    const nonce = randomBytes(16).toString('base64url');
    const { id } = this.#credential;
    const said = { cluster: id, publicKey: this.key.publicKey, newPublicKey: replacement.publicKey, tsMs: Math.round(clock.now()), nonce };
    const bytes = renewProofBytes(this.#hubKey, said);
    const proofOf = (key: KeyPair): string => Buffer.from(key.sign(bytes)).toString('base64');
    const answer = await ask({ ...said, proof: proofOf(this.key), newProof: proofOf(replacement) }, signal);
    const issued = issuedOf(openCredential(answer, this.#pins(), nonce));
    if (!isFor(issued.jwt, replacement, id)) throw new CodedError('bad-signature', 'the hub answers with a token for another key');
    const { replacement: _used, ...rest } = this.#stored;
    this.#stored = { ...rest, key: replacement };
    this.#adopt(issued);
    log.info('its key was replaced', { fingerprint: fingerprintOf(replacement) });
    return true;
  }

  /** By which a member knows its hub: the keys that it believes, which may have come after the one of its installation. */
  #pins(): readonly string[] {
    const { desiredKeys } = this.credential;
    if (desiredKeys.length === 0) return [this.#hubKey];
    return desiredKeys.map((key) => fingerprint(publicKeyOf(new Uint8Array(Buffer.from(key, 'base64')))));
  }

  get #hubKey(): string {
    return this.#pin ?? this.#deps.hubKey;
  }

  /** For when the bus does not let this cluster in. */
  readonly overHttps: AskRenewal = (body, signal) => this.#deps.hub.renew(body, signal);
}

/** The record and the versions go with the keys: what a key of before had signed may not be believed any more. */
function issuedOf({ jwt, desiredKeys, member, anchors, servers, ca }: Credential): Issued {
  return { jwt, desiredKeys, member, anchors, ...(servers.length > 0 && { servers, ca }) };
}

/** A file that cannot be read, or an API server that is away, is no reason for a member to end. */
function asNone(error: unknown): undefined {
  if (!isCoded(error)) throw error;
  return undefined;
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
