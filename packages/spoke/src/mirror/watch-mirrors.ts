import type { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { keepWatching } from '../kube/keep-watching.ts';
import type { KindRef, Kube, WatchEvent } from '../kube/kube.ts';
import { clusterKind, clusterPolicyKind } from '../kube/own-kinds.ts';

interface Watcher {
  readonly onEvent: (event: WatchEvent) => void;
}

export interface WatchMirrorsDeps {
  readonly kube: Kube;
  readonly mirrors: Watcher;
  readonly clusterMirror: Watcher;
  readonly registryMirror: Watcher;
  readonly clock: Clock;
  readonly log: Log;
}

/** Watches what the spoke writes for people to read, until `signal` aborts: edits of others are put right. Policies are applied without it. */
export async function watchMirrors(deps: WatchMirrorsDeps, signal: AbortSignal): Promise<void> {
  const { mirrors, clusterMirror, registryMirror, log } = deps;
  const watched = (kind: KindRef, watchers: readonly Watcher[]): Promise<void> => {
    const onEvent = (event: WatchEvent): void => watchers.forEach((watcher) => watcher.onEvent(event));
    const onGivenUp = ({ code, message }: CodedError): void =>
      log.error('mirrors cannot be watched; edits of others stay until the next change', { code, because: message, kind: kind.kind });
    return keepWatching(deps, { kind, onEvent, onGivenUp }, signal);
  };
  await Promise.all([watched(clusterPolicyKind, [mirrors]), watched(clusterKind, [clusterMirror, registryMirror])]);
}
