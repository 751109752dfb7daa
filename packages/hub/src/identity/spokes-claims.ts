import { isDeepStrictEqual } from 'node:util';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Bus } from '@accord/bus/bus';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import { scopesOf, type Revocations } from './account-claims.ts';
import { claimsFile, identityOf, isSignedAnew, openAccount, signSpokes } from './claims-files.ts';
import { lookUpClaims, pushClaims } from './claims-requests.ts';
import type { KeyRing } from './key-ring.ts';
import { writePrivateFile } from './private-file.ts';

export interface SpokesClaimsDeps {
  readonly claimsDir: string;
  readonly keys: KeyRing;
  /** The claims as they are in the file. */
  readonly token: string;
  /** Connected as the hub's system user. */
  readonly system: Pick<Bus, 'request'>;
  /** How many clients are connected; each makes a push dearer. Without it they are taken to be many. */
  readonly connected?: () => number;
  readonly clock: Clock;
  readonly log: Log;
}

interface Waiter {
  readonly wanted: Revocations;
  readonly resolve: () => void;
  readonly reject: (error: CodedError) => void;
}

// A push costs the server about 0.15 ms for each connected client: 1.5 s of a core with 10,000 of them. A pause of 1 ms for each keeps
// pushes at 15 % of a core, and up to a second gathers what is revoked at once.
const pauseMsPerClient = 1;
const pauseMsMin = 100;
const pauseMsMax = 1_000;
// Tokens live 24 hours; the hour is for clocks that disagree.
const keepSeconds = 25 * 3_600;
/** An entry takes 96 bytes, and claims must stay far below the server's `max_payload` of 2 MB. */
export const revocationsMax = 5_000;

/** The only writer of the claims of SPOKES: which keys are revoked. */
export class SpokesClaims {
  readonly #deps: SpokesClaimsDeps;
  readonly #loop: Loop<'claims'>;
  readonly #wanted = new Map<string, number>();
  #waiters: Waiter[] = [];
  #token: string;
  #pushedAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: SpokesClaimsDeps) {
    const { clock, log, token } = deps;
    this.#deps = deps;
    this.#token = token;
    const pass = async (_keys: unknown, signal: AbortSignal): Promise<ReadonlySet<'claims'>> => {
      await this.#pass(signal);
      return new Set();
    };
    const allKeys = (): ['claims'] => ['claims'];
    this.#loop = new Loop({
      name: 'spokes-claims',
      pass,
      allKeys,
      everythingMs: 600_000,
      retryMsFirst: 100,
      retryMsMax: 5_000,
      clock,
      log,
    });
  }

  /** The claims that were written last; a starting server gets exactly these. */
  get token(): string {
    return this.#token;
  }

  /** How many keys the claims revoke. */
  get count(): number {
    return Object.keys(openAccount(this.#token, this.#deps.keys, 'SPOKES').nats.revocations ?? {}).length;
  }

  /**
   * Ends every token of these keys that was made at the given second or earlier, on all servers, and cuts who is connected with one.
   *
   * Resolves when a server has acknowledged it. It is tried until then; rejects with `unavailable` only when `run` ends first.
   */
  revoke(entries: Revocations): Promise<void> {
    for (const [key, at] of Object.entries(entries)) this.#wanted.set(key, Math.max(at, this.#wanted.get(key) ?? 0));
    const done = new Promise<void>((resolve, reject) => this.#waiters.push({ wanted: entries, resolve, reject }));
    this.#loop.mark('claims');
    return done;
  }

  /** Resolves when the servers have the claims that we have, with the keys that we have now: after a start, that they are not older. */
  inForce(): Promise<void> {
    return this.revoke({});
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#loop.run(signal);
    } finally {
      for (const { reject } of this.#waiters.splice(0)) reject(new CodedError('unavailable', 'push claims: the hub stops'));
    }
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const { clock, claimsDir, connected } = this.#deps;
    const everyMs = Math.min(Math.max((connected?.() ?? pauseMsMax) * pauseMsPerClient, pauseMsMin), pauseMsMax);
    const pauseMs = this.#pushedAtMs + everyMs - clock.now();
    if (pauseMs > 0) await clock.sleep(pauseMs, signal);
    if (signal.aborted) return;
    const theirs = await lookUpClaims(this.#deps.system, identityOf(this.#deps.keys, 'SPOKES'));
    const { token, revocations } = this.#next(theirs, clock.now());
    // In the file before it is pushed: a server that starts in between must not be given the older one.
    if (token !== this.#token) writePrivateFile(claimsFile(claimsDir, 'SPOKES'), token);
    this.#token = token;
    if (token !== theirs) await this.#push(token);
    this.#settle(revocations);
  }

  /** The claims that should be in force: ours, theirs and what is wanted, together. */
  #next(theirs: string | undefined, nowMs: number): { readonly token: string; readonly revocations: Revocations } {
    const { keys } = this.#deps;
    const ours = openAccount(this.#token, keys, 'SPOKES');
    const other = theirs === undefined ? undefined : this.#openTheirs(theirs);
    const all = latest([ours.nats.revocations ?? {}, other?.nats.revocations ?? {}, Object.fromEntries(this.#wanted)]);
    const revocations = withoutOld(all, nowMs);
    const isOurs =
      isSignedAnew(ours, keys) &&
      sameRevocations(ours.nats.revocations ?? {}, revocations) &&
      sameScopes(ours.nats.signing_keys, scopesOf(keys));
    // Their claims may be of another version of this program; only ours have the scope that this version wants.
    if (isOurs && (other === undefined || ours.iat >= other.iat)) return { token: this.#token, revocations };
    this.#alarm(revocations);
    return { token: signSpokes(keys, revocations, { nowMs, after: Math.max(ours.iat, other?.iat ?? 0) }), revocations };
  }

  /** The server stores claims of anybody who may push; it only does not use them. They must not keep a revocation from coming through. */
  #openTheirs(token: string): ReturnType<typeof openAccount> | undefined {
    const { keys, log } = this.#deps;
    try {
      return openAccount(token, keys, 'SPOKES');
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.error('the server holds claims that are not ours; they are replaced', { code: error.code, error });
      return undefined;
    }
  }

  async #push(token: string): Promise<void> {
    const { system, clock, log } = this.#deps;
    this.#pushedAtMs = clock.now();
    await pushClaims(system, token);
    log.info('claims pushed', { durationMs: clock.now() - this.#pushedAtMs });
  }

  #settle(inForce: Revocations): void {
    const nowMs = this.#deps.clock.now();
    for (const [key, at] of this.#wanted) if ((inForce[key] ?? 0) >= at || isOld(at, nowMs)) this.#wanted.delete(key);
    const isDone = ({ wanted }: Waiter): boolean => Object.entries(wanted).every(([key, at]) => (this.#wanted.get(key) ?? 0) < at);
    const done = this.#waiters.filter(isDone);
    this.#waiters = this.#waiters.filter((waiter) => !isDone(waiter));
    for (const { resolve } of done) resolve();
    if (this.#wanted.size > 0) this.#loop.mark('claims');
  }

  #alarm(revocations: Revocations): void {
    const count = Object.keys(revocations).length;
    if (count >= revocationsMax) this.#deps.log.error('too many revocations: replace the scope key of the spokes', { count });
  }
}

function latest(maps: readonly Revocations[]): Revocations {
  const all: Record<string, number> = {};
  for (const [key, at] of maps.flatMap((map) => Object.entries(map))) all[key] = Math.max(at, all[key] ?? 0);
  return all;
}

function withoutOld(revocations: Revocations, nowMs: number): Revocations {
  return Object.fromEntries(Object.entries(revocations).filter(([, at]) => !isOld(at, nowMs)));
}

/** As they are in a token, which is JSON. */
function sameScopes(a: readonly unknown[], b: readonly object[]): boolean {
  return isDeepStrictEqual(a, JSON.parse(JSON.stringify(b)));
}

/** The tokens that it was about have ended by themselves. */
function isOld(at: number, nowMs: number): boolean {
  return (at + keepSeconds) * 1000 <= nowMs;
}

function sameRevocations(a: Revocations, b: Revocations): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
