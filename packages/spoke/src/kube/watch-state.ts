/**
 * The watch as a state machine.
 *
 * Connect → Initial (collecting: no absence may be concluded) → at the end bookmark Live → on close Resume from the last version →
 * when that is too old Connect anew. A server that refuses to stream the initial list is listed page by page, and then resumed.
 */
export type WatchState =
  | ({ readonly phase: 'connect' | 'initial'; readonly paged: boolean } & Attempts)
  | { readonly phase: 'live'; readonly resourceVersion: string; readonly paged: boolean }
  | ({ readonly phase: 'resume'; readonly resourceVersion: string; readonly paged: boolean } & Attempts)
  /** The server says again and again that this may not be watched, or is not there. */
  | { readonly phase: 'refused'; readonly status: number };

/** How often it did not work, in a row. */
interface Attempts {
  readonly failures: number;
  /** Answers that this may not be watched, or is not there, with nothing else in between: a server that was away before has refused nothing then. */
  readonly refusals: number;
}

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

export const connecting: Extract<WatchState, { readonly phase: 'connect' | 'initial' }> = {
  phase: 'connect',
  failures: 0,
  refusals: 0,
  paged: false,
};

/** Of a server that answers. Right after its start it refuses everybody until it has read its roles. */
const refusalsMax = 5;
/** A version from the future (etcd was restored) is answered by an error each time. */
const resumesMax = 5;

/** The state after what was seen; its phase says what the watch does next. */
export function nextWatchState(state: WatchState, input: WatchInput): WatchState {
  if (state.phase === 'refused') return state;
  const { paged } = state;
  const again: Attempts = { failures: attemptsOf(state).failures + 1, refusals: 0 };
  switch (input.saw) {
    case 'opened':
      return state.phase === 'connect' ? { phase: 'initial', failures: state.failures, refusals: 0, paged } : state;
    case 'version':
      return state.phase === 'live' || state.phase === 'resume' ? { phase: 'live', resourceVersion: input.resourceVersion, paged } : state;
    case 'listed':
      return { phase: 'live', resourceVersion: input.resourceVersion, paged };
    case 'closed':
      return state.phase === 'live' && input.isStale ? { ...connecting, paged } : afterClose(state, again);
    case 'failed':
      return afterError(state, again);
    case 'expired':
      return state.phase === 'live' ? { ...connecting, paged } : { phase: 'connect', ...again, paged };
    case 'refused':
      return afterRefusal(state, input.status, again);
  }
}

type Asking = Exclude<WatchState, { readonly phase: 'refused' }>;

function attemptsOf(state: WatchState): Attempts {
  return 'failures' in state ? state : { failures: 0, refusals: 0 };
}

function afterClose(state: Asking, again: Attempts): WatchState {
  const { paged } = state;
  switch (state.phase) {
    case 'connect':
    case 'initial':
      return { phase: 'connect', ...again, paged };
    case 'live':
      // The server ends each watch after some minutes: that is no failure, so the first attempt to resume is not delayed.
      return { phase: 'resume', resourceVersion: state.resourceVersion, failures: 0, refusals: 0, paged };
    case 'resume':
      return { phase: 'resume', resourceVersion: state.resourceVersion, ...again, paged };
  }
}

function afterError(state: Asking, again: Attempts): WatchState {
  const { paged } = state;
  if (!('resourceVersion' in state) || again.failures > resumesMax) return { phase: 'connect', ...again, paged };
  return { phase: 'resume', resourceVersion: state.resourceVersion, ...again, paged };
}

function afterRefusal(state: Asking, status: number, again: Attempts): WatchState {
  const { phase, paged } = state;
  if ((status === 400 || status === 422) && phase === 'connect' && !paged) return { ...connecting, paged: true };
  if (status !== 403 && status !== 404 && status !== 400 && status !== 422) return afterClose(state, again);
  const refusals = attemptsOf(state).refusals + 1;
  if (refusals >= refusalsMax) return { phase: 'refused', status };
  const attempts = { failures: again.failures, refusals };
  return phase === 'live' || phase === 'resume'
    ? { phase: 'resume', resourceVersion: state.resourceVersion, ...attempts, paged }
    : { phase: 'connect', ...attempts, paged };
}

/**
 * Full jitter below 0.8 s doubling to 30 s; at once after a good connection. Source: client-go reflector.
 *
 * A refusal is waited out for at least half of that, counted from the first one: only so do the refusals that are taken seriously
 * take longer than the start of a server that has not read its roles.
 */
export function reconnectMs(state: WatchState, random: () => number): number {
  const { failures, refusals } = attemptsOf(state);
  if (refusals > 0) return (0.5 + random() / 2) * longestMs(refusals);
  return failures === 0 ? 0 : random() * longestMs(failures);
}

function longestMs(attempts: number): number {
  return Math.min(800 * 2 ** (attempts - 1), 30_000);
}
