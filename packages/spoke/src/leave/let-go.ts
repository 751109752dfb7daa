import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Inbox } from '../inbox/inbox.ts';
import type { Kube } from '../kube/kube.ts';
import type { ClusterMirror } from '../mirror/cluster-mirror.ts';
import type { MirrorStore } from '../mirror/mirror-store.ts';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Reconciler } from '../reconcile/reconciler.ts';
import { removeMirrors } from './remove-mirrors.ts';

export interface LetGoDeps {
  readonly kube: Kube;
  readonly inbox: Pick<Inbox, 'member'>;
  readonly owned: Pick<OwnedObjects, 'isKnown' | 'size'>;
  readonly mirrors: Pick<MirrorStore, 'policies'>;
  readonly reconciler: Pick<Reconciler, 'isBusy'>;
  readonly clusterMirror: Pick<ClusterMirror, 'retire' | 'resume'>;
  readonly outbox: Pick<Outbox, 'reports' | 'tellLeft' | 'tellStays'>;
  /** Resolves when the hub says by itself that this cluster is no member any more. */
  readonly gone: Promise<void>;
  /** Asks the hub whether that is so. False as well where it does not answer. */
  readonly hasEnded: (signal: AbortSignal) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

const lookEveryMs = 500;
/** Once it is stored, the hub is asked at the next look, and then ever more seldom; without a bus it may have heard it before. */
const askMs = { first: 1_000, max: 60_000, unstored: 5_000 } as const;

/**
 * Waits until this cluster, told to leave, holds nothing of ours any more, and tells the hub. True once the hub says that it is no member
 * any more: that the word is stored does not mean that it was heard, and until then people may take theirs back.
 *
 * It removes no object of a policy itself: these go by the table of removals, as the record of the cluster says. Everything here may be
 * done twice, so that a spoke that was killed in the middle begins again from what it finds.
 */
export async function letGo(deps: LetGoDeps, signal: AbortSignal): Promise<boolean> {
  const { clock, kube, clusterMirror, outbox, log } = deps;
  while (!signal.aborted) {
    await clock.sleep(lookEveryMs, signal);
    if (signal.aborted || !hasLetGo(deps)) continue;
    clusterMirror.retire();
    try {
      await removeMirrors(kube, signal);
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.warn('the mirrors were not removed; it is tried again', { code: error.code, because: error.message });
      continue;
    }
    log.info('this cluster has let go of everything, and says so', {});
    const answer = await answerOfHub(deps, signal);
    if (answer === 'left') return true;
    if (answer === 'stopped') return false;
    log.info('this cluster stays after all, and begins again', {});
    outbox.tellStays();
    clusterMirror.resume();
  }
  return false;
}

/** Tells the hub, and says what became of it. */
async function answerOfHub(
  { inbox, outbox, gone, hasEnded, clock }: LetGoDeps,
  signal: AbortSignal,
): Promise<'left' | 'stays' | 'stopped'> {
  let isGone = false;
  void gone.then(() => (isGone = true));
  let pauseMs: number = askMs.first;
  let askAtMs = clock.now() + askMs.unstored;
  void outbox.tellLeft().then(() => (askAtMs = clock.now()));
  while (!signal.aborted) {
    await clock.sleep(lookEveryMs, signal);
    if (isGone) return 'left';
    if (inbox.member?.leave === undefined) return 'stays';
    if (signal.aborted || clock.now() < askAtMs) continue;
    if (await hasEnded(signal)) return 'left';
    askAtMs = clock.now() + pauseMs;
    pauseMs = Math.min(pauseMs * 2, askMs.max);
  }
  return 'stopped';
}

/** Nothing carries our label, no mirror is left, and what became of each policy has been told. */
function hasLetGo({ inbox, owned, reconciler, mirrors, outbox }: LetGoDeps): boolean {
  // A pass that began before the cluster was told to leave may still make something.
  if (inbox.member?.leave === undefined || reconciler.isBusy || !owned.isKnown() || owned.size > 0) return false;
  return isEmpty(mirrors.policies()) && isEmpty(outbox.reports());
}

function isEmpty(items: Iterable<unknown>): boolean {
  return [...items].length === 0;
}
