import type { JsonObject } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import { woken, type Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube } from './kube/kube.ts';
import { leaseKind, ownRef } from './kube/own-kinds.ts';

export interface LeaseDeps {
  readonly kube: Kube;
  readonly namespace: string;
  /** Name of this process, for people who look at the Lease. */
  readonly holder: string;
  readonly clock: Clock;
  readonly log: Log;
}

const leaseName = 'accord-spoke';
const durationMs = 15_000;
const renewMs = 2_000;
const renewWithinMs = 10_000;

/** Which leadership this is: two processes may have one name, and the older of them must notice. */
interface Term {
  readonly leaseTransitions: number;
  readonly acquireTime: string;
}

interface Seen {
  readonly holder: string;
  readonly version: string;
  readonly term: Term;
}

/** Leadership in this cluster: one spoke at a time. Source of the times: client-go leader election (15 s, 10 s, 2 s). */
export class Lease {
  readonly #deps: LeaseDeps;
  #heldUntilMs = 0;
  #holding = new AbortController();
  #renewed = new AbortController();
  #resourceVersion = '';
  #term: Term = { leaseTransitions: 0, acquireTime: '' };

  constructor(deps: LeaseDeps) {
    this.#deps = deps;
  }

  /** Check this before each batch of writes: a process that slept may have been replaced. */
  isHeld(): boolean {
    return this.#deps.clock.now() < this.#heldUntilMs;
  }

  /** Aborted while the lease is not held, also where nobody else has it yet: the next leader must not meet what is still in flight. */
  get ended(): AbortSignal {
    if (!this.isHeld()) this.#holding.abort(woken);
    return this.#holding.signal;
  }

  /** Resolves when this process leads. A holder that stopped renewing is waited for, by our own clock. */
  async take(signal: AbortSignal): Promise<void> {
    let seen = { version: '', atMs: 0 };
    while (!signal.aborted && !this.isHeld()) {
      const current = await this.#read(signal);
      if (current !== undefined) {
        if (current.version !== seen.version) seen = { version: current.version, atMs: this.#deps.clock.now() };
        const isFree = current.holder === '' || current.holder === this.#deps.holder || this.#deps.clock.now() - seen.atMs >= durationMs;
        if (isFree) this.#term = { leaseTransitions: current.term.leaseTransitions + 1, acquireTime: microTime(this.#deps.clock.now()) };
        if (isFree && (await this.#write(this.#deps.holder, current.version, signal))) return;
      }
      this.#deps.log.info('another spoke may lead here; waiting for its lease', { holder: current?.holder ?? 'unknown' });
      await this.#deps.clock.sleep(renewMs, signal);
    }
  }

  /**
   * Renews until `signal` aborts, then gives the lease up. Resolves early when another spoke has it. While the API server is away
   * it is not held, so nothing is written, and taken again when the server is back and nobody else has it.
   */
  async keep(signal: AbortSignal): Promise<void> {
    const { clock, holder, log } = this.#deps;
    while (!signal.aborted) {
      await clock.sleep(renewMs, signal);
      if (signal.aborted) break;
      const isRenewed = await this.#write(holder, this.#resourceVersion, signal);
      if (!isRenewed && (await this.#isTaken(signal))) break;
    }
    if (signal.aborted) await this.#write('', this.#resourceVersion, AbortSignal.timeout(1_000));
    else log.error('the lease is lost; this spoke stops writing', {});
    this.#heldUntilMs = 0;
    this.#renewed.abort(woken);
    this.#holding.abort(woken);
  }

  #hold(untilMs: number): void {
    this.#heldUntilMs = untilMs;
    if (this.#holding.signal.aborted) this.#holding = new AbortController();
    this.#renewed.abort(woken);
    this.#renewed = new AbortController();
    void this.#lapse(untilMs, this.#renewed.signal);
  }

  /** A renewal that hangs must not keep what was sent before it alive. */
  async #lapse(untilMs: number, renewed: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    await clock.sleep(Math.max(0, untilMs - clock.now()), renewed);
    if (!renewed.aborted) this.#holding.abort(woken);
  }

  async #isTaken(signal: AbortSignal): Promise<boolean> {
    const current = await this.#read(signal);
    if (current === undefined) return false;
    this.#resourceVersion = current.version;
    const { leaseTransitions, acquireTime } = this.#term;
    const isOurs =
      current.holder === this.#deps.holder &&
      current.term.leaseTransitions === leaseTransitions &&
      current.term.acquireTime === acquireTime;
    return current.holder !== '' && !isOurs;
  }

  /** Undefined when there was no answer: a lease that cannot be read is not free. */
  async #read(signal: AbortSignal): Promise<Seen | undefined> {
    try {
      const lease = await this.#deps.kube.get(ownRef(leaseKind, this.#deps.namespace, leaseName), signal);
      const { holderIdentity, leaseTransitions, acquireTime } = (lease?.['spec'] ?? {}) as JsonObject;
      const version = (lease?.['metadata'] as JsonObject | undefined)?.['resourceVersion'];
      const text = (value: unknown): string => (typeof value === 'string' ? value : '');
      const term = { leaseTransitions: typeof leaseTransitions === 'number' ? leaseTransitions : 0, acquireTime: text(acquireTime) };
      return { holder: text(holderIdentity), version: text(version), term };
    } catch (error) {
      if (!isCoded(error)) throw error;
      return undefined;
    }
  }

  async #write(holder: string, version: string, signal: AbortSignal): Promise<boolean> {
    const { kube, namespace, clock } = this.#deps;
    const atMs = clock.now();
    const metadata = { name: leaseName, namespace, ...(version === '' ? {} : { resourceVersion: version }) };
    const spec = {
      holderIdentity: holder,
      leaseDurationSeconds: durationMs / 1000,
      renewTime: microTime(atMs),
      ...this.#term,
    };
    const answer = await kube.apply(
      ownRef(leaseKind, namespace, leaseName),
      { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec },
      {},
      signal,
    );
    if (!('meta' in answer)) return false;
    // Of two that find no lease the second one overwrites the first, which then steps down; it must not lead before.
    if (version === '' && answer.outcome !== 'created') return false;
    this.#resourceVersion = answer.meta.resourceVersion;
    this.#hold(atMs + renewWithinMs);
    return true;
  }
}

/** MicroTime as the API server writes it, so that what is read equals what was written. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
