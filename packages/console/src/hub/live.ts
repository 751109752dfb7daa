import { useEffect, useState } from 'react';
import type { HubEvent } from '@accord/proto/api';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { staleKeys, type StaleKey } from './stale-keys.ts';

export type LiveState = 'connecting' | 'live' | 'away';

/** A first event is shown at once, a storm of them four times a second. */
const pauseMs = 250;

/** Listens to the hub for as long as the page is open, and reads anew what has changed. */
export function useLive(isSignedIn: boolean): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const stale = new StaleMarks(queries);
    const source = new EventSource('/v1/events');
    let wasAway = false;
    source.addEventListener('open', () => {
      setState('live');
      // What happened while nobody listened is in no event.
      if (wasAway) void queries.invalidateQueries();
      wasAway = false;
    });
    source.addEventListener('error', () => {
      wasAway = true;
      setState('away');
    });
    const hear = ({ data }: MessageEvent<string>): void => stale.mark(staleKeys(JSON.parse(data) as HubEvent));
    for (const type of ['row', 'policy', 'cluster', 'heal'] as const) source.addEventListener(type, hear);
    source.addEventListener('reset', () => void queries.invalidateQueries());
    return () => {
      source.close();
      stale.stop();
    };
  }, [queries, isSignedIn]);
  return state;
}

/** Marks what is old, and has it read again soon: the queries that are on screen, and no others. */
class StaleMarks {
  readonly #queries: QueryClient;
  readonly #marked = new Map<string, StaleKey>();
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
  }

  #flush(): void {
    this.#timer = undefined;
    this.#lastMs = performance.now();
    const keys = [...this.#marked.values()];
    this.#marked.clear();
    for (const queryKey of keys) void this.#queries.invalidateQueries({ queryKey: [...queryKey] }, { cancelRefetch: false });
  }
}
