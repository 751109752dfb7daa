import type { Bus, Stored } from '@accord/bus/bus';
import type { Draft } from '@accord/core/registry/draft';
import { foldFact, recordedFact, type Recorded, type Registry } from '@accord/core/registry/registry';
import { canonicalBytes, equalBytes, hex, sha256 } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Signer } from '@accord/proto/document';
import { factStatementCodec, type FactStatement } from '@accord/proto/messages';
import { openEnvelope, openEnvelopeElsewhere, requireDigest, sealEnvelope, type Opened, type TrustedKeys } from '@accord/proto/seal';
import { intentSubject, parseIntent, type FactKind } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { mapAhead } from '@accord/runtime/map-ahead';

/** Who asks for a change, and why. */
export interface Author {
  readonly actor: string;
  readonly reason: string;
  readonly source: string;
  readonly traceparent: string;
  /** The same for every attempt of one request. It names a request, never a revision: two people may write the same revision. */
  readonly requestId: string;
  readonly requestDigest: Uint8Array;
}

export interface FactSeen {
  readonly subject: string;
  readonly statement: FactStatement;
  readonly recorded: Recorded<unknown>;
}

export interface IntentLogDeps {
  readonly bus: Bus;
  readonly signer: Signer;
  readonly keys: TrustedKeys;
  /** Says whether one of these keys may still sign facts; all may, unless it says no. */
  readonly trust?: { believes(keyId: Uint8Array, epoch: number): boolean } | undefined;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
  /** Called once for each fact that was folded, in the order of folding. */
  readonly onFact: (fact: FactSeen) => void;
  /** Why nothing may be written now. What is stored behind a lost end would be lost again with it. */
  readonly refusal?: () => CodedError | undefined;
}

/** As it was stored, with what is signed in it, or why that cannot be believed. */
interface ReadFact {
  readonly stored: Stored;
  readonly opened: Opened | CodedError;
}

/** The stream brings what another hub wrote within milliseconds; a writer that waits longer decides on what it knows. */
const readMsMax = 2_000;
/** So many signatures are verified on other threads while one fact is folded: at a start there are thousands. */
const verifiedAhead = 64;

/**
 * The only writer of INTENT, and its only reader at the hub.
 *
 * Facts are signed, and chained per subject: whoever owns the broker can withhold a fact, but cannot add one that is believed.
 */
export class IntentLog {
  readonly #deps: IntentLogDeps;
  /** How far the stream was read, and who waits for it to come further. */
  #readSeq = 0;
  readonly #waiting = new Set<() => void>();
  /** Facts on the bus that no hub of ours signed, or that do not continue their chain. */
  refused = 0;

  constructor(deps: IntentLogDeps) {
    this.#deps = deps;
  }

  /** Every fact up to here has been folded. */
  get readSeq(): number {
    return this.#readSeq;
  }

  /**
   * Rejects with `conflict` when somebody wrote first, `timeout` when the outcome is unknown, and with what `refusal` says while nothing
   * may be written. Folded when it resolves.
   */
  async append<Kind extends FactKind>(draft: Draft<Kind>, author: Author): Promise<Recorded<unknown>> {
    const refusal = this.#deps.refusal?.();
    if (refusal !== undefined) throw refusal;
    const { bus, signer, registry, clock } = this.#deps;
    const subject = intentSubject(draft.kind, draft.id);
    const body = canonicalBytes(draft.body);
    const before = recordedFact(registry, draft.kind, draft.id);
    if ((before?.seq ?? 0) !== draft.expectSeq) throw new CodedError('conflict', `${subject} was changed meanwhile`);
    const statement = factStatementCodec.encode({
      subject,
      type: draft.type,
      bodyDigest: sha256(body),
      previousDigest: before?.digest ?? new Uint8Array(),
      atMs: Math.round(clock.now()),
      actor: author.actor,
      reason: author.reason,
      source: author.source,
      change: { id: draft.change, traceparent: author.traceparent },
      requestId: author.requestId,
      requestDigest: author.requestDigest,
    });
    const envelope = sealEnvelope(signer.pair, signer.keyId, 'accord.intent.v1', statement, body);
    // Two attempts of one request that differ, if only in their time, must not pass for one another: the chain goes on from the bytes.
    const tx = `${author.requestId}.${draft.type}.${draft.id}`.slice(0, 160) + `.${hex(sha256(statement)).slice(0, 32)}`;
    try {
      const { seq } = await bus.append([{ subject, body: envelope, expectSeq: draft.expectSeq }], tx);
      return (
        this.#fold(subject, seq, statement, body) ??
        recordedOf(factStatementCodec.decode(statement), { bytes: statement, seq, body: draft.body })
      );
    } catch (error) {
      const earlier = isCoded(error, 'conflict') ? await this.#storedEarlier(draft, body, author) : undefined;
      if (earlier === undefined) throw error;
      return earlier;
    }
  }

  /** After a conflict: reads what was written first, for whoever decides again. It may be an attempt of this very request whose answer was lost. */
  async #storedEarlier(draft: Draft, body: Uint8Array, { requestId }: Author): Promise<Recorded<unknown> | undefined> {
    const { bus, registry } = this.#deps;
    const stored = await bus.last(intentSubject(draft.kind, draft.id));
    if (stored === undefined) return undefined;
    await this.#readUpTo(stored.seq);
    const recorded = recordedFact(registry, draft.kind, draft.id);
    if (recorded?.seq !== stored.seq) return undefined;
    const statement = factStatementCodec.decode(this.#believed(openEnvelope(stored.body, 'accord.intent.v1', this.#deps.keys)).statement);
    return statement.requestId === requestId && equalBytes(statement.bodyDigest, sha256(body)) ? recorded : undefined;
  }

  async #readUpTo(seq: number): Promise<void> {
    const { clock } = this.#deps;
    const untilMs = clock.now() + readMsMax;
    while (this.#readSeq < seq && clock.now() < untilMs) {
      const pause = new AbortController();
      const wake = (): void => pause.abort();
      this.#waiting.add(wake);
      await clock.sleep(untilMs - clock.now(), pause.signal);
      this.#waiting.delete(wake);
    }
  }

  /** Folds everything that is stored, then what other hubs write. Resolves when it has caught up, rejects with `unavailable` when `signal` aborts before; `done` ends with `signal`. */
  async replay(signal: AbortSignal): Promise<{ readonly done: Promise<void> }> {
    const caughtUp = Promise.withResolvers<void>();
    const stored = this.#deps.bus.follow({ stream: 'INTENT', filters: [], afterSeq: 0 }, signal);
    const done = (async (): Promise<void> => {
      for await (const read of mapAhead(stored, verifiedAhead, (one) => this.#openElsewhere(one))) {
        if (read === 'caught-up') {
          caughtUp.resolve();
          continue;
        }
        this.#read(read);
        this.#readSeq = read.stored.seq;
        for (const wake of this.#waiting) wake();
      }
    })();
    done.then(() => caughtUp.reject(new CodedError('unavailable', 'read INTENT: stopped before its end')), caughtUp.reject);
    await caughtUp.promise;
    return { done };
  }

  async #openElsewhere(stored: Stored | 'caught-up'): Promise<ReadFact | 'caught-up'> {
    if (stored === 'caught-up') return stored;
    try {
      return { stored, opened: await openEnvelopeElsewhere(stored.body, 'accord.intent.v1', this.#deps.keys) };
    } catch (error) {
      if (!isCoded(error)) throw error;
      return { stored, opened: error };
    }
  }

  #read({ stored: { subject, seq }, opened }: ReadFact): void {
    // What this hub wrote itself was folded then, and by now its key may have been replaced.
    if (this.#isFolded(subject, seq)) return;
    try {
      if (isCoded(opened)) throw opened;
      const { statement, body } = this.#believed(opened);
      this.#fold(subject, seq, statement, body);
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#refuse(subject, seq, error.message);
    }
  }

  #isFolded(subject: string, seq: number): boolean {
    const place = parseIntent(subject);
    const before = place === undefined ? undefined : recordedFact(this.#deps.registry, place.kind, place.id);
    return before !== undefined && before.seq >= seq;
  }

  /** Asked when the fact is folded: what may be believed depends on those before it. */
  #believed(opened: Opened): Opened {
    const { registry, trust } = this.#deps;
    if (trust?.believes(opened.keyId, registry.epoch?.body.epoch ?? 0) !== false) return opened;
    throw new CodedError('bad-signature', 'signed by a key that was replaced, after everything had been signed anew');
  }

  #fold(subject: string, seq: number, statementBytes: Uint8Array, body: Uint8Array): Recorded<unknown> | undefined {
    const { registry, onFact } = this.#deps;
    const statement = factStatementCodec.decode(statementBytes);
    const place = parseIntent(subject);
    if (place === undefined || statement.subject !== subject) return this.#refuse(subject, seq, 'signed for another subject');
    requireDigest(body, statement.bodyDigest);
    const before = recordedFact(registry, place.kind, place.id);
    if (before !== undefined && before.seq >= seq) return undefined;
    if (!equalBytes(statement.previousDigest, before?.digest ?? new Uint8Array()))
      return this.#refuse(subject, seq, 'it does not continue the chain of its subject');
    const recorded = recordedOf(statement, { bytes: statementBytes, seq, body: JSON.parse(new TextDecoder().decode(body)) });
    foldFact(registry, subject, recorded);
    onFact({ subject, statement, recorded });
    return recorded;
  }

  #refuse(subject: string, seq: number, because: string): undefined {
    this.refused += 1;
    this.#deps.log.error('a fact on the bus is not ours and was not believed', { subject, seq, because });
    return undefined;
  }
}

function recordedOf(
  { atMs, actor, change }: Pick<FactStatement, 'atMs' | 'actor' | 'change'>,
  { bytes, seq, body }: { readonly bytes: Uint8Array; readonly seq: number; readonly body: unknown },
): Recorded<unknown> {
  return { body, seq, digest: sha256(bytes), atMs, actor, change: change ?? { id: '', traceparent: '' } };
}
