import type { Draft } from '@accord/core/registry/draft';
import { hex } from '@accord/proto/canonical';
import type { FastifyRequest } from 'fastify';
import { writeDecision } from '../intent/write.ts';
import type { ApiDeps } from './deps.ts';
import { Refusal } from './refusal.ts';
import { requireAllowed } from './require-allowed.ts';
import { authorOf, headerOf, requestDigest } from './request-context.ts';

/** `change` is what people call it; undefined when nothing had to be written and nothing is known of an earlier one. */
export interface Stored {
  readonly change: string | undefined;
  /** True when an earlier request with this Idempotency-Key did it. */
  readonly isRepeated: boolean;
}

type StoreDeps = Pick<ApiDeps, 'intent' | 'history' | 'past' | 'clock' | 'projection' | 'declaredLabels'>;

/**
 * Decides and writes, once per `Idempotency-Key` within 24 hours.
 *
 * Rejects with `invalid` when the key came with another request, with `timeout` when it is unknown whether it was stored, and
 * with whatever `decide` says no with.
 */
export class RequestStore {
  readonly #deps: StoreDeps;
  readonly #inFlight = new Map<string, Promise<unknown>>();

  constructor(deps: StoreDeps) {
    this.#deps = deps;
  }

  async store(request: FastifyRequest, decide: () => readonly Draft[]): Promise<Stored> {
    const { requestId } = request;
    if (headerOf(request, 'idempotency-key') === '') return this.#write(request, decide);
    await this.#inFlight.get(requestId)?.catch(() => undefined);
    const earlier = this.#deps.history.request(requestId, this.#deps.clock.now());
    if (earlier === undefined) return this.#alone(requestId, () => this.#write(request, decide));
    if (earlier.digest !== hex(requestDigest(request))) {
      throw new Refusal('invalid', 'this Idempotency-Key came with another request within the last 24 hours', {
        help: 'Make a new key for each new request.',
      });
    }
    return { change: earlier.change === '' ? undefined : earlier.change, isRepeated: true };
  }

  /** Rejects unless the caller may write this: every write is looked at here, and what only pretends to write asks as well. */
  require(request: FastifyRequest, drafts: readonly Draft[]): void {
    requireAllowed(this.#deps, request, drafts);
  }

  async #alone(requestId: string, work: () => Promise<Stored>): Promise<Stored> {
    const stored = work();
    this.#inFlight.set(requestId, stored);
    try {
      return await stored;
    } finally {
      this.#inFlight.delete(requestId);
    }
  }

  async #write(request: FastifyRequest, decide: () => readonly Draft[]): Promise<Stored> {
    const judged = (): readonly Draft[] => {
      const drafts = decide();
      this.require(request, drafts);
      return drafts;
    };
    const author = authorOf(request);
    const recorded = await writeDecision(this.#deps.intent, judged, author);
    if (recorded !== undefined) {
      this.#deps.past.wrote({ request: author.requestId, actor: author.actor, detail: `from ${request.ip}` });
      return { change: recorded.change.id, isRepeated: false };
    }
    if (request.requestId.startsWith('key-')) {
      this.#deps.history.remember(request.requestId, { digest: hex(requestDigest(request)), change: '', atMs: this.#deps.clock.now() });
    }
    return { change: undefined, isRepeated: false };
  }
}
