import { isCoded, type CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { KindRef, Kube, Selection, WatchEvent } from './kube.ts';

export interface KeepWatchingDeps {
  readonly kube: Pick<Kube, 'watch'>;
  readonly clock: Clock;
}

export interface KeptWatch {
  readonly kind: KindRef;
  readonly selection?: Selection;
  /** Called each time before it is watched. */
  readonly onOpen?: () => void;
  readonly onEvent: (event: WatchEvent) => void;
  /** The watch has tried several times and gives up; it is opened again after a minute. */
  readonly onGivenUp: (error: CodedError) => void;
}

const againMs = 60_000;

/** Watches until `signal` aborts: whoever took away a permission may give it back, and nobody restarts a spoke for that. */
export async function keepWatching(
  { kube, clock }: KeepWatchingDeps,
  { kind, selection = {}, onOpen, onEvent, onGivenUp }: KeptWatch,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    onOpen?.();
    try {
      await kube.watch(kind, selection, onEvent, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!isCoded(error)) throw error;
      onGivenUp(error);
    }
    await clock.sleep(againMs, signal);
  }
}
