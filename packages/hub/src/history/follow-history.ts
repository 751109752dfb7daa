import type { Bus } from '@accord/bus/bus';
import { CodedError } from '@accord/proto/coded-error';
import { breathe } from '@accord/runtime/breathe';
import type { Clock } from '@accord/runtime/clock';
import type { HistoryStore } from './history-store.ts';
import { firstAfter } from './positions.ts';

export interface FollowHistoryDeps {
  readonly bus: Bus;
  readonly store: HistoryStore;
  readonly clock: Clock;
}

/** Whoever reads flushes by himself, so this only bounds what a crash makes us read again. */
const flushEveryMs = 250;
const pruneEveryMs = 600_000;

/** Brings HISTORY into the tables, from where they end. Resolves when they have caught up; `done` ends with `signal`. */
export async function followHistory(deps: FollowHistoryDeps, signal: AbortSignal): Promise<{ readonly done: Promise<unknown> }> {
  const caughtUp = Promise.withResolvers<void>();
  const reading = read(deps, () => caughtUp.resolve(), signal);
  reading.then(() => caughtUp.reject(new CodedError('unavailable', 'read HISTORY: stopped before its end')), caughtUp.reject);
  const done = Promise.all([reading, keepFlushed(deps, signal), keepPruned(deps, signal)]);
  // The first failure is what the caller sees, here or there.
  done.catch(() => undefined);
  await caughtUp.promise;
  return { done };
}

async function read({ bus, store, clock }: FollowHistoryDeps, onCaughtUp: () => void, signal: AbortSignal): Promise<void> {
  for await (const stored of bus.follow({ stream: 'HISTORY', filters: [], afterSeq: store.historySeq }, signal)) {
    if (stored === 'caught-up') {
      store.flush();
      onCaughtUp();
      continue;
    }
    store.addMessage(stored);
    while (store.isBusy && !signal.aborted) {
      store.flush();
      // A long past comes in between what is asked of the hub meanwhile, and never instead of it.
      await (store.isBusy ? clock.sleep(flushEveryMs, signal) : breathe());
    }
  }
}

async function keepFlushed({ store, clock }: FollowHistoryDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(flushEveryMs, signal);
    store.flush();
  }
}

/** What HISTORY has dropped, by age or by size, goes from the tables as well. */
async function keepPruned({ bus, store, clock }: FollowHistoryDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const readSeq = store.historySeq;
    const first = await firstAfter(bus, 'HISTORY', 0, signal);
    if (signal.aborted) return;
    store.prune(first?.seq ?? readSeq + 1);
    await clock.sleep(pruneEveryMs, signal);
  }
}
