import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
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

  constructor(deps: QuarantineDeps) {
    this.#deps = deps;
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

  /** Cuts it and ends its tokens. Resolves when the server has taken it; rejects with `unavailable`, `timeout` or `conflict`. */
  async put(key: string, because: string): Promise<void> {
    const { identity, connections, clock, log } = this.#deps;
    if (this.untilMs(key) !== undefined) return;
    const nowMs = clock.now();
    this.#until.set(key, nowMs + quarantineMs);
    log.error('a key floods the bus and is in quarantine', { key, because, quarantineMs });
    await connections.kick(key);
    // Without this it would come straight back with the token that it has.
    await identity.revoke(key, Math.max(Math.floor(nowMs / 1_000), identity.lastIat(key)));
    await connections.kickAll(key);
  }
}
