import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Connections } from '../connections/connections.ts';
import type { HubIdentity } from '../join/hub-identity.ts';

export interface QuarantineDeps {
  readonly identity: Pick<HubIdentity, 'revoke' | 'lastIat'>;
  readonly connections: Pick<Connections, 'kick' | 'kickAll'>;
  readonly clock: Clock;
  readonly log: Log;
}

export const quarantineMs = 600_000;

/**
 * Keys that flooded the bus. Their tokens are dead and they get no other for ten minutes; then their spoke renews by itself.
 *
 * It is in memory alone: a hub that starts again lets them renew, and looks anew.
 */
export class Quarantine {
  readonly #deps: QuarantineDeps;
  readonly #until = new Map<string, number>();
  /** A server that is busy with a flood may not answer the first time, nor the second. */
  readonly loop: Loop<string>;

  constructor(deps: QuarantineDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop<string>({
      name: 'quarantine',
      pass: (keys) => this.#pass(keys),
      allKeys: () => [],
      everythingMs: quarantineMs,
      retryMsFirst: 500,
      retryMsMax: 10_000,
      clock,
      log,
    });
  }

  /** When it ends; undefined for a key that is not in it. */
  untilMs(key: string): number | undefined {
    const untilMs = this.#until.get(key);
    if (untilMs === undefined || untilMs > this.#deps.clock.now()) return untilMs;
    this.#until.delete(key);
    return undefined;
  }

  /** Rejects with `busy` while the key is in quarantine. */
  require(key: string): void {
    const untilMs = this.untilMs(key);
    if (untilMs === undefined) return;
    throw new CodedError('busy', `this key flooded the bus, and gets no credential before ${new Date(untilMs).toISOString()}`, {
      help: 'See what its spoke does: kubectl -n accord-system logs deploy/accord-spoke. If the key was stolen: accord cluster revoke NAME',
    });
  }

  /** From now on it gets no credential; the loop cuts it and ends its tokens, and repeats that until the server has taken both. */
  put(key: string, because: string): void {
    const { clock, log } = this.#deps;
    if (this.untilMs(key) !== undefined) return;
    this.#until.set(key, clock.now() + quarantineMs);
    log.error('a key floods the bus and is in quarantine', { key, because, quarantineMs });
    this.loop.mark(key);
  }

  async #pass(keys: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const unsettled = new Set<string>();
    const cutOne = async (key: string): Promise<void> => {
      try {
        if (this.untilMs(key) !== undefined) await this.#cut(key);
      } catch (error) {
        if (!isCoded(error)) throw error;
        this.#deps.log.warn('a key in quarantine is not cut yet', { key, code: error.code, error });
        unsettled.add(key);
      }
    };
    await Promise.all([...keys].map(cutOne));
    return unsettled;
  }

  async #cut(key: string): Promise<void> {
    const { identity, connections, clock, log } = this.#deps;
    await connections.kick(key).catch((error: unknown) => {
      if (!isCoded(error)) throw error;
      log.warn('a key in quarantine was not cut at once; its tokens are revoked next', { key, code: error.code, error });
    });
    // Without this it would come straight back with the token that it has.
    await identity.revoke(key, Math.max(Math.floor(clock.now() / 1_000), identity.lastIat(key)));
    await connections.kickAll(key);
  }
}
