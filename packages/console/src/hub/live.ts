import { useEffect, useState } from 'react';
import type { HubEvent } from '@accord/proto/api';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { staleKeys, type StaleKey } from './stale-keys.ts';

export type LiveState = 'connecting' | 'live' | 'away';

const types: readonly HubEvent['type'][] = ['reset', 'change', 'row', 'policy', 'cluster', 'heal'];

/** A first event is shown at once, a storm of them four times a second. */
const pauseMs = 250;
/** The hub writes its history a moment after it has told the event, so that what was read at once is read once more. */
const onceMoreMs = 1_000;

/** A stream that the hub has refused is not opened again by the browser itself. */
const againMs = 1_000;

/** Listens to the hub for as long as the page is open, and reads anew what has changed. */
export function useLive(isSignedIn: boolean): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const stale = new StaleMarks(queries);
    let wasAway = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let source = listen();
    return () => {
      clearTimeout(timer);
      source.close();
      stale.stop();
    };

    function listen(): EventSource {
      const opened = new EventSource('/v1/events');
      opened.addEventListener('open', () => {
        setState('live');
        // What happened while nobody listened is in no event.
        if (wasAway) void queries.invalidateQueries();
        wasAway = false;
      });
      opened.addEventListener('error', () => {
        // Whether the session is over is known by asking.
        if (!wasAway) void queries.invalidateQueries({ queryKey: ['person'] });
        wasAway = true;
        setState('away');
        if (opened.readyState !== EventSource.CLOSED) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          source = listen();
        }, againMs);
      });
      const hear = ({ data }: MessageEvent<string>): void => stale.mark(staleKeys(JSON.parse(data) as HubEvent));
      for (const type of types) opened.addEventListener(type, hear);
      return opened;
    }
  }, [queries, isSignedIn]);
  return state;
}

/** Marks what is old, and has it read again soon: the queries that are on screen, and no others. */
class StaleMarks {
  readonly #queries: QueryClient;
  readonly #marked = new Map<string, StaleKey>();
  readonly #onceMore = new Map<string, StaleKey>();
  #laterTimer: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastMs = 0;

  constructor(queries: QueryClient) {
    this.#queries = queries;
  }

  mark(keys: readonly StaleKey[]): void {
    for (const key of keys) this.#marked.set(key.join(' '), key);
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(0, this.#lastMs + pauseMs - performance.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#laterTimer);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#lastMs = performance.now();
    for (const [name, key] of this.#marked) this.#onceMore.set(name, key);
    this.#readAnew(this.#marked);
    this.#laterTimer ??= setTimeout(() => {
      this.#laterTimer = undefined;
      this.#readAnew(this.#onceMore);
    }, onceMoreMs);
  }

  #readAnew(keys: Map<string, StaleKey>): void {
    const now = [...keys.values()];
    keys.clear();
    for (const queryKey of now) void this.#queries.invalidateQueries({ queryKey: [...queryKey] }, { cancelRefetch: false });
  }
}
