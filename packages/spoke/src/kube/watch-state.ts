/**
 * The watch as a state machine.
 *
 * Connect → Initial (collecting: no absence may be concluded) → at the end bookmark Live → on close Resume from the last version →
 * when that is too old Connect anew. A server that refuses to stream the initial list is listed page by page, and then resumed.
 */
export type WatchState =
  | { readonly phase: 'connect'; readonly failures: number; readonly paged: boolean }
  | { readonly phase: 'initial'; readonly failures: number; readonly paged: boolean }
  | { readonly phase: 'live'; readonly resourceVersion: string; readonly paged: boolean }
  | { readonly phase: 'resume'; readonly resourceVersion: string; readonly failures: number; readonly paged: boolean }
  /** The server says again and again that this may not be watched, or is not there. */
  | { readonly phase: 'refused'; readonly status: number };

export type WatchInput =
  | { readonly saw: 'opened' }
  /** An event or a bookmark. */
  | { readonly saw: 'version'; readonly resourceVersion: string }
  /** The bookmark that ends the initial events, or the last page. */
  | { readonly saw: 'listed'; readonly resourceVersion: string }
  /** End of the answer, no connection, silence; with `isStale` the last full list was long ago. */
  | { readonly saw: 'closed'; readonly isStale?: true }
  /** An error of the server in the stream. */
  | { readonly saw: 'failed' }
  /** 410: the version is too old. */
  | { readonly saw: 'expired' }
  | { readonly saw: 'refused'; readonly status: number };

export const connecting: WatchState = { phase: 'connect', failures: 0, paged: false };

/** Of a server that answers. Right after its start it refuses everybody until it has read its roles. */
const refusalsMax = 5;
/** A version from the future (etcd was restored) is answered by an error each time. */
const resumesMax = 5;

/** The state after what was seen; its phase says what the watch does next. */
export function nextWatchState(state: WatchState, input: WatchInput): WatchState {
  if (state.phase === 'refused') return state;
  const { paged } = state;
  const failures = 'failures' in state ? state.failures : 0;
  switch (input.saw) {
    case 'opened':
      return state.phase === 'connect' ? { phase: 'initial', failures, paged } : state;
    case 'version':
      return state.phase === 'live' || state.phase === 'resume' ? { phase: 'live', resourceVersion: input.resourceVersion, paged } : state;
    case 'listed':
      return { phase: 'live', resourceVersion: input.resourceVersion, paged };
    case 'closed':
      return state.phase === 'live' && input.isStale ? { phase: 'connect', failures: 0, paged } : afterClose(state, failures + 1);
    case 'failed':
      return afterError(state, failures + 1);
    case 'expired':
      return { phase: 'connect', failures: state.phase === 'live' ? 0 : failures + 1, paged };
    case 'refused':
      return afterRefusal(state, input.status, failures + 1);
  }
}

function afterClose(state: Exclude<WatchState, { phase: 'refused' }>, failures: number): WatchState {
  const { paged } = state;
  switch (state.phase) {
    case 'connect':
    case 'initial':
      return { phase: 'connect', failures, paged };
    case 'live':
      // The server ends each watch after some minutes: that is no failure, so the first attempt to resume is not delayed.
      return { phase: 'resume', resourceVersion: state.resourceVersion, failures: 0, paged };
    case 'resume':
      return { phase: 'resume', resourceVersion: state.resourceVersion, failures, paged };
  }
}

function afterError(state: Exclude<WatchState, { phase: 'refused' }>, failures: number): WatchState {
  if (!('resourceVersion' in state) || failures > resumesMax) return { phase: 'connect', failures, paged: state.paged };
  return { phase: 'resume', resourceVersion: state.resourceVersion, failures, paged: state.paged };
}

function afterRefusal(state: Exclude<WatchState, { phase: 'refused' }>, status: number, failures: number): WatchState {
  if ((status === 400 || status === 422) && state.phase === 'connect' && !state.paged)
    return { phase: 'connect', failures: 0, paged: true };
  if (status === 403 || status === 404 || status === 400 || status === 422) {
    if (failures >= refusalsMax) return { phase: 'refused', status };
    return state.phase === 'live' || state.phase === 'resume'
      ? { phase: 'resume', resourceVersion: state.resourceVersion, failures, paged: state.paged }
      : { phase: 'connect', failures, paged: state.paged };
  }
  return afterClose(state, failures);
}

/** Full jitter below 0.8 s doubling to 30 s; at once after a good connection. Source: client-go reflector. */
export function reconnectMs(state: WatchState, random: () => number): number {
  const failures = 'failures' in state ? state.failures : 0;
  return failures === 0 ? 0 : random() * Math.min(800 * 2 ** (failures - 1), 30_000);
}
