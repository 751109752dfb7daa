/** What a caller sees of the fleet: all of it, or what his bindings reach. Every read goes through here. */
import type { Access } from '@accord/core/access/access';
import type { RowSources } from '@accord/core/status/policy-rows';
import { canonicalJson } from '@accord/proto/canonical';
import type { FastifyRequest } from 'fastify';
import type { Notice, Projection } from '../views/projection.ts';
import { RowTable } from './row-table.ts';
import type { ApiDeps } from './deps.ts';
import { createFeeds, followChanges, type Feeds } from './kube/feeds.ts';
import { EventFeed } from './event-feed.ts';
import { LimitedProjection } from './limited-projection.ts';
import { callerOf } from './request-context.ts';
import { SeenRows } from './seen-rows.ts';
import { limitedPast, wholePast, type SeenPast } from './seen-past.ts';

/** As much of the projection as is read for callers. */
export interface ShownProjection extends RowSources {
  readonly presence: Projection['presence'];
  readonly onNotice: (listener: (notice: Notice) => void, signal: AbortSignal) => void;
}

export interface View {
  readonly access: Access;
  readonly projection: ShownProjection;
  readonly feeds: Feeds;
  /** Aborts when nothing more comes from the feeds: the hub stops, or the view was forgotten. */
  readonly signal: AbortSignal;
  readonly past: SeenPast;
  /** All rows at once, to be counted and listed. */
  readonly rows: SeenRows;
  readonly events: EventFeed;
}

type ViewDeps = Pick<ApiDeps, 'projection' | 'alarms' | 'clock' | 'signal'>;

/** Different sets of bindings that are kept; the watches of one that was forgotten end, and list again. */
const viewsMax = 500;

/** One view for each set of bindings. A view of everything is the projection itself. */
export class Views {
  readonly whole: View;
  readonly #deps: ViewDeps;
  readonly #table: RowTable;
  readonly #limited = new Map<string, { readonly view: Omit<View, 'past'>; readonly stop: AbortController }>();

  constructor(deps: ViewDeps) {
    const { projection } = deps;
    this.#deps = deps;
    this.#table = new RowTable(projection, deps.clock, deps.signal);
    const access: Access = { whole: 'admin', bindings: [] };
    this.whole = {
      access,
      rows: new SeenRows(this.#table, access),
      events: new EventFeed(projection, deps.clock, deps.signal),
      projection,
      past: wholePast,
      feeds: this.#feedsOf(projection, deps.signal),
      signal: deps.signal,
    };
  }

  of(request: FastifyRequest): View {
    const { access, actor } = callerOf(request);
    if (access.whole !== undefined) return { ...this.whole, access };
    const view = this.#limitedTo(access);
    return { ...view, past: limitedPast(view.projection, actor) };
  }

  #limitedTo(access: Access): Omit<View, 'past'> {
    const key = canonicalJson(access.bindings);
    const known = this.#limited.get(key);
    const stop = known?.stop ?? new AbortController();
    const view = known?.view ?? this.#make(access, AbortSignal.any([this.#deps.signal, stop.signal]));
    this.#limited.delete(key);
    this.#limited.set(key, { view, stop });
    const [oldest] = this.#limited;
    if (this.#limited.size > viewsMax && oldest !== undefined) {
      oldest[1].stop.abort();
      this.#limited.delete(oldest[0]);
    }
    return view;
  }

  #make(access: Access, signal: AbortSignal): Omit<View, 'past'> {
    const projection = new LimitedProjection(this.#deps.projection, access, signal);
    const feeds = this.#feedsOf(projection, signal);
    const events = new EventFeed(projection, this.#deps.clock, signal);
    return { access, projection, feeds, signal, events, rows: new SeenRows(this.#table, access) };
  }

  #feedsOf(projection: ShownProjection, signal: AbortSignal): Feeds {
    const { alarms, clock } = this.#deps;
    const feeds = createFeeds({ projection, alarms, clock });
    void followChanges({ projection, alarms, clock }, feeds, signal);
    return feeds;
  }
}
