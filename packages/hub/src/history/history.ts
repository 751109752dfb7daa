/** The history of a hub: what it writes to HISTORY, and the tables that are read. */
import type { Bus } from '@accord/bus/bus';
import type { CodedError } from '@accord/proto/coded-error';
import type { Signer } from '@accord/proto/document';
import type { ClusterId } from '@accord/proto/ids';
import type { TrustedKeys } from '@accord/proto/seal';
import { compareNumbers, type ReportNumber } from '@accord/proto/signed-report';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { OpenedOutcomes } from '../views/opened-outcomes.ts';
import { beatSkewOf, type Projection } from '../views/projection.ts';
import type { Database } from './database.ts';
import { CallersSeen, type CallerSeen } from './callers-seen.ts';
import { EventRecorder } from './event-recorder.ts';
import { followHistory } from './follow-history.ts';
import { HistoryLog } from './history-log.ts';
import type { HistoryStore } from './history-store.ts';
import { writtenAction } from './past-entries.ts';
import { OutcomeRecorder, type OutcomeRecorderDeps } from './outcome-recorder.ts';
import { PresenceRecorder } from './presence-recorder.ts';
import { PublicationRecorder, type ReadVerified } from './publication-recorder.ts';
import { RefusalRecorder, type Refused } from './refusal-recorder.ts';

export interface HistoryDeps {
  readonly bus: Bus;
  readonly store: HistoryStore;
  readonly signer: Signer;
  readonly keys: TrustedKeys;
  readonly projection: Projection;
  readonly opened: OpenedOutcomes;
  readonly clock: Clock;
  readonly log: Log;
  readonly storeRefusal?: (() => CodedError | undefined) | undefined;
  /** Outcomes that are missing, as they are found to be. */
  readonly onGaps?: OutcomeRecorderDeps['onGaps'];
  /** Of a document in FLEET, checked. */
  readonly readPublished: ReadVerified;
}

/** How long an orderly stop may take to store what waits. */
const lastMs = 2_000;

/** Its parts, made before anything is read, so that nothing is missed; `run` starts them. */
export class History {
  readonly store: HistoryStore;
  readonly events: EventRecorder;
  readonly publications: PublicationRecorder;
  readonly #refusals: RefusalRecorder;
  readonly #callers: CallersSeen;
  readonly #deps: HistoryDeps;
  readonly #log: HistoryLog;
  readonly #outcomes: OutcomeRecorder;

  constructor(deps: HistoryDeps) {
    const { bus, store, signer, clock, log, storeRefusal, readPublished } = deps;
    this.#deps = deps;
    this.store = store;
    this.#log = new HistoryLog({ bus, signer, clock, log, refusal: storeRefusal });
    this.events = new EventRecorder({ history: this.#log, clock, log });
    this.publications = new PublicationRecorder(this.events, readPublished);
    this.#refusals = new RefusalRecorder((entry) => this.events.audit(entry), clock);
    this.#callers = new CallersSeen((entry) => this.events.audit(entry), clock);
    this.#outcomes = this.#recorder();
  }

  /** What is told and not stored yet. */
  waiting(): Readonly<Record<'outcome' | 'publish' | 'presence' | 'audit', number>> {
    return { outcome: this.#outcomes.waiting, ...this.events.waiting() };
  }

  /** Up to where the streams were read. */
  positions(): Readonly<Record<'OUTCOMES' | 'HISTORY', number>> {
    return { OUTCOMES: this.#outcomes.readSeq, HISTORY: this.store.historySeq };
  }

  /** What is in the tables, with all that the hub knows now. */
  read(): Database {
    this.store.flush();
    return this.store.database;
  }

  /** Somebody is let in, or connects. Told when he was not seen there for a day. */
  see(caller: CallerSeen): void {
    this.#callers.see(caller);
  }

  /** From where the facts of a request came, and what else is to be shown beside them. INTENT, which forgets nothing, holds no addresses. */
  wrote({ request, actor, detail }: { readonly request: string; readonly actor: string; readonly detail: string }): void {
    const rest = { change: '', reason: '', source: '', result: 'done', atMs: this.#deps.clock.now(), count: 1 };
    this.events.audit({ actor, action: writtenAction, object: request, detail, ...rest });
  }

  /** A request that was refused; `isKnown` when it is known who asked. */
  refuse(refused: Refused, isKnown: boolean): void {
    this.#refusals.refuse(refused, isKnown);
  }

  /** Reads HISTORY to its end, then records. Runs until `signal` aborts; a hub serves meanwhile. */
  async run(signal: AbortSignal): Promise<void> {
    const { bus, store, clock } = this.#deps;
    const last = new AbortController();
    signal.addEventListener('abort', () => void clock.sleep(lastMs, last.signal).then(() => last.abort()), { once: true });
    const events = this.events.run(signal, last.signal).finally(() => last.abort());
    // Whatever fails first is what ends this; what comes after it is no news.
    events.catch(() => undefined);
    const followed = await followHistory({ bus, store, clock }, signal);
    const nobody = { actor: 'hub', change: '', reason: '', source: '', detail: '' };
    // Who came or went while no hub was there nobody has noted.
    this.events.audit({ ...nobody, action: 'HubStarted', object: 'hub', result: 'done', atMs: clock.now(), count: 1 });
    this.#watchPresence(signal);
    const settled = this.publications.settle(store.database, signal);
    await Promise.all([followed.done, settled, this.#outcomes.run(signal), this.#refusals.run(signal), events]);
  }

  #recorder(): OutcomeRecorder {
    const { bus, store, keys, projection, opened, clock, onGaps } = this.#deps;
    const recorded = (): Iterable<readonly [string, ReportNumber]> => {
      store.flush();
      return lastNumbers(store, projection.registry.clusters.keys());
    };
    const skewOf = (id: ClusterId): number => beatSkewOf(projection, id);
    return new OutcomeRecorder({
      bus,
      history: this.#log,
      registry: projection.registry,
      opened,
      keys,
      clock,
      recorded,
      skewOf,
      ...(onGaps && { onGaps }),
    });
  }

  #watchPresence(signal: AbortSignal): void {
    const { store, projection, clock } = this.#deps;
    const presence = new PresenceRecorder({
      ...{
        recorder: this.events,
        clock,
        connectionOf: projection.connectionOf,
        recorded: lastPresence(store, projection.registry.clusters.keys()),
      },
    });
    projection.onNotice((notice) => (notice.type === 'cluster' ? presence.see(notice.id) : undefined), signal);
    for (const id of projection.registry.clusters.keys()) presence.see(id);
  }
}

/** A gap counts as well: what was refused once is not taken for new after a restart. One look per cluster costs no walk over its past. */
function lastNumbers({ database }: HistoryStore, clusters: Iterable<ClusterId>): readonly (readonly [string, ReportNumber])[] {
  return [...clusters].flatMap((id) => {
    const recorded = database.get<ReportNumber>('SELECT boot, n FROM numbers WHERE cluster = ? ORDER BY boot DESC, n DESC LIMIT 1', id);
    const missed = database.get<ReportNumber>(
      'SELECT boot, last_n AS n FROM gaps WHERE cluster = ? ORDER BY boot DESC, first_n DESC LIMIT 1',
      id,
    );
    const [last] = [recorded, missed].filter((number) => number !== undefined).toSorted((a, b) => compareNumbers(b, a));
    return last === undefined ? [] : [[id, last] as const];
  });
}

function lastPresence({ database }: HistoryStore, clusters: Iterable<ClusterId>): readonly (readonly [string, string])[] {
  return [...clusters].flatMap((id) => {
    const last = database.get<{ readonly state: string }>(
      'SELECT state FROM presence WHERE cluster = ? ORDER BY seq DESC, item DESC LIMIT 1',
      id,
    );
    return last === undefined ? [] : [[id, last.state] as const];
  });
}
