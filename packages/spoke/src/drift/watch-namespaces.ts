import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube } from '../kube/kube.ts';
import { namespaceKind } from '../kube/own-kinds.ts';
import type { Namespaces } from './namespaces.ts';

export interface WatchNamespacesDeps {
  readonly kube: Kube;
  readonly namespaces: Namespaces;
  readonly clock: Clock;
  readonly log: Log;
}

/** The watch itself has tried several times before it gives up. */
const againMs = 60_000;

/**
 * Watches all namespaces until `signal` aborts, whether or not a policy asks for them: one watch is less than to start and stop it
 * with the policies, and a policy that comes finds them listed.
 */
export async function watchNamespaces({ kube, namespaces, clock, log }: WatchNamespacesDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    namespaces.expectListing();
    try {
      await kube.watch(namespaceKind, {}, (event) => namespaces.onEvent(event), signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!isCoded(error)) throw error;
      namespaces.cannotWatch();
      log.error('namespaces cannot be watched; policies that follow them are left as they are', {
        code: error.code,
        because: error.message,
      });
    }
    await clock.sleep(againMs, signal);
  }
}
