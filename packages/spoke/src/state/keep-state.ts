import { isCoded } from '@accord/proto/coded-error';
import type { Anchor } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { WatchOwned } from '../drift/watch-owned.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { CurrentRecord } from './current-record.ts';
import type { StateStore } from './spoke-state.ts';

export interface KeepStateDeps {
  readonly store: StateStore;
  readonly inbox: Inbox;
  readonly watches: WatchOwned;
  readonly profiles: { usedNamespaces(): readonly string[] };
  readonly record: CurrentRecord;
  readonly boot: number;
  readonly clock: Clock;
  readonly log: Log;
}

const everyMs = 2_000;

/**
 * Stores the position when it has moved, behind everybody's back: an older one only means reading more after a restart. The
 * record goes at once: it may stop everything, and a restart must not go on with the one before.
 */
export async function keepState(deps: KeepStateDeps, signal: AbortSignal): Promise<void> {
  const { store, inbox, watches, profiles, record, boot, clock, log } = deps;
  let said = '';
  let { replaced } = record;
  while (!signal.aborted) {
    await clock.sleep(everyMs, AbortSignal.any([signal, replaced]));
    ({ replaced } = record);
    inbox.lookAtTime();
    const live = inbox.positions().filter((position) => position.live);
    const positions = new Map(live.map(({ anchor, epoch, version }) => [anchor as Anchor, { epoch, version }]));
    const kinds = watches.kinds().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    const profileNamespaces = profiles.usedNamespaces();
    const now = JSON.stringify([...positions, kinds, profileNamespaces, record.document.statement.revision]);
    if (signal.aborted || now === said || positions.size === 0) continue;
    try {
      await store.save({ boot, member: record.document, positions, kinds, profileNamespaces }, signal);
      said = now;
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.warn('the state was not stored; it is tried again', { code: error.code, because: error.message });
    }
  }
}
