import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube } from '../kube/kube.ts';
import { keepWatching } from '../kube/keep-watching.ts';
import { namespaceKind } from '../kube/own-kinds.ts';
import type { Namespaces } from './namespaces.ts';

export interface WatchNamespacesDeps {
  readonly kube: Kube;
  readonly namespaces: Namespaces;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Watches all namespaces until `signal` aborts, whether or not a policy asks for them: one watch is less than to start and stop it
 * with the policies, and a policy that comes finds them listed.
 */
export async function watchNamespaces({ kube, namespaces, clock, log }: WatchNamespacesDeps, signal: AbortSignal): Promise<void> {
  await keepWatching(
    { kube, clock },
    {
      kind: namespaceKind,
      onOpen: () => namespaces.expectListing(),
      onEvent: (event) => namespaces.onEvent(event),
      onGivenUp: ({ code, message }) => {
        namespaces.cannotWatch();
        log.error('namespaces cannot be watched; policies that follow them are left as they are', { code, because: message });
      },
    },
    signal,
  );
}
