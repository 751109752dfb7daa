import type { Bus } from '@accord/bus/bus';
import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { askOverBus } from './ask-over-bus.ts';
import type { AskRenewal, Membership } from './membership.ts';
import { isRenewalDue, renewalDueMs, turnAfterMs } from './renewal-due.ts';

export interface CredentialKeeperDeps {
  readonly membership: Membership;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Whether the bus did not let in whoever showed the token that was issued then. */
  readonly isRefused: (iat: number) => boolean;
  /** A new token is in use: other anchors may be open. */
  readonly onChanged: () => void;
  /** The key that the record of this cluster tells it to replace. */
  readonly keyToReplace: () => string | undefined;
  /** The hub says that this cluster is no member any more. */
  readonly onGone: () => void;
}

export interface CredentialKeeper {
  /** Takes the body of a `_credential` document. */
  offer(body: Uint8Array): void;
  useBus(bus: Bus & { reconnect(): Promise<void> }, signal: AbortSignal): void;
  run(signal: AbortSignal): Promise<void>;
}

const lookEveryMs = 1_000;
const renewOverBusMs = 60_000;
/** A hub that did not answer may have written the new key already, and then refuses the old one soon. */
const replaceAgainMs = { first: 5_000, max: 60_000 } as const;
/** Over HTTPS the pauses double: an old token is replaced in seconds, and a hub that says no is not asked all day. */
const renewOverHttpsMs = { first: 2_000, max: 60_000 } as const;

/** Keeps a valid token: renews around half of its life, takes what the hub sends, and turns to HTTPS when the bus does not let us in. */
export function keepCredential(deps: CredentialKeeperDeps): CredentialKeeper {
  const { membership, clock, log, onChanged } = deps;
  const isKeyDue = replacementPace(deps);
  const pace = renewalPace(deps);
  let bus: (Bus & { reconnect(): Promise<void> }) | undefined;
  let isConnected = false;
  const offers: Offer[] = [];

  const take = async (work: () => Promise<boolean>): Promise<void> => {
    try {
      if (!(await work())) return;
      log.info('a new credential is in use', { iat: membership.claims().iat });
      pace.renewed();
      await bus?.reconnect();
      onChanged();
    } catch (error) {
      tellRefusal(deps, error);
    }
  };
  const look = async (signal: AbortSignal): Promise<void> => {
    for (const offer of offers.splice(0)) await take(async () => membership.take(offer));
    const through = bus !== undefined && isConnected ? bus : undefined;
    const ask: AskRenewal = through === undefined ? membership.overHttps : (request) => askOverBus(through, request);
    if (isKeyDue()) await take(() => membership.replaceKey(ask, signal));
    if (pace.isDue(through !== undefined)) await take(() => membership.renew(ask, signal));
  };

  let wake = (): void => undefined;
  return {
    offer(body) {
      offers.push(...offersIn(body));
      wake();
    },
    useBus(next, signal) {
      bus = next;
      next.onConnection((state) => {
        isConnected = state === 'connected';
        pace.turned(isConnected);
      }, signal);
    },
    async run(signal) {
      signal.addEventListener('abort', () => wake(), { once: true });
      while (!signal.aborted) {
        await look(signal);
        await store(membership, log, signal);
        const pause = new AbortController();
        wake = () => pause.abort();
        if (offers.length === 0 && !signal.aborted) await clock.sleep(lookEveryMs, pause.signal);
      }
    },
  };
}

interface Offer {
  readonly jwt: string;
  readonly desiredKeys?: string[];
}

/** One or none. Of keys it tells while one takes the place of another, and then of both. */
function offersIn(body: Uint8Array): readonly Offer[] {
  const { jwt, desiredKeys } = JSON.parse(new TextDecoder().decode(body)) as Partial<Offer>;
  if (typeof jwt !== 'string') return [];
  const isBoth = Array.isArray(desiredKeys) && desiredKeys.length === 2 && desiredKeys.every((key) => typeof key === 'string');
  return [isBoth ? { jwt, desiredKeys } : { jwt }];
}

/** Says when to ask for the next token, each time once. */
function renewalPace({ membership, isRefused, clock, random }: CredentialKeeperDeps): {
  readonly isDue: (isConnected: boolean) => boolean;
  /** There is another token, and the bus has as much time again to let it in. */
  readonly renewed: () => void;
  readonly turned: (isConnected: boolean) => void;
} {
  let turns = 0;
  let turnAtMs = clock.now() + turnAfterMs(random(), turns);
  let due = { iat: 0, atMs: 0 };
  let nextTryMs = 0;
  let attempts = 0;
  const pauseMs = (isConnected: boolean): number =>
    isConnected ? renewOverBusMs : Math.min(renewOverHttpsMs.first * 2 ** attempts, renewOverHttpsMs.max);
  const wait = (): void => void (turnAtMs = clock.now() + turnAfterMs(random(), turns));
  return {
    renewed() {
      turns += 1;
      wait();
    },
    turned(isConnected) {
      // Not by a token alone: a bus that refuses each of them must not have the hub make one every few seconds.
      if (isConnected) attempts = 0;
      turns = 0;
      wait();
    },
    isDue(isConnected) {
      const [claims, nowMs] = [membership.claims(), clock.now()];
      if (due.iat !== claims.iat) due = { iat: claims.iat, atMs: renewalDueMs(claims, random()) };
      const times = { nowMs, dueMs: due.atMs, expiresMs: claims.exp * 1_000, turnAtMs };
      if (!isRenewalDue({ ...times, isConnected, isRefused: isRefused(claims.iat) }) || nowMs < nextTryMs) return false;
      nextTryMs = nowMs + pauseMs(isConnected) * (0.75 + 0.5 * random());
      attempts += 1;
      return true;
    },
  };
}

/** Says when to try to replace the key: at once, and then ever more seldom. */
function replacementPace({ membership, keyToReplace, clock, random }: CredentialKeeperDeps): () => boolean {
  let nextMs = 0;
  let attempts = 0;
  return () => {
    const nowMs = clock.now();
    const isWanted = membership.hasKeyToReplace(keyToReplace());
    if (!isWanted) [nextMs, attempts] = [0, 0];
    if (!isWanted || nowMs < nextMs) return false;
    nextMs = nowMs + Math.min(replaceAgainMs.first * 2 ** attempts, replaceAgainMs.max) * (0.75 + 0.5 * random());
    attempts += 1;
    return true;
  };
}

function tellRefusal({ log, onGone }: Pick<CredentialKeeperDeps, 'log' | 'onGone'>, error: unknown): void {
  if (!isCoded(error)) throw error;
  if (error.code === 'gone') onGone();
  log.warn('no new credential', { code: error.code, because: error.message, help: error.help });
}

/** The old token may be dead already, so the new one is used before it is stored; an API server that is away gets it later. */
async function store(membership: Membership, log: Log, signal: AbortSignal): Promise<void> {
  try {
    await membership.store(signal);
  } catch (error) {
    if (!isCoded(error)) throw error;
    log.warn('the credential is in use and not stored yet', { code: error.code, because: error.message });
  }
}
