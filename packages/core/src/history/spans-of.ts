/** One change from the call to the last cluster, as a tree of spans: worked out of what is recorded, so that it is the same whoever asks. */
import type { ClusterId } from '@accord/proto/ids';
import { intentSubject, type FactKind } from '@accord/proto/subjects';
import { clusterSpans, spanOfUnfinished } from './cluster-spans.ts';
import { attributesOf, type SpanLink, type TraceSpan } from './span.ts';
import type { OutcomeSeen, PublishedSeen } from './timeline.ts';
import { parseTraceparent, requestSpanId, spanIdOf, traceIdOf, type TraceContext } from './trace-context.ts';

export interface TracedChange {
  readonly id: string;
  readonly kind: FactKind;
  /** As in the subject of its fact. */
  readonly object: string;
  /** What people call it. */
  readonly name: string;
  readonly type: string;
  readonly revision: number;
  readonly actor: string;
  readonly reason: string;
  readonly source: string;
  readonly traceparent: string;
  readonly requestId: string;
  /** When its fact was made. */
  readonly atMs: number;
}

/** What only the hub that did it knows, for as long as it runs; without it spans are shorter, and the same spans. */
export interface HubMoments {
  /** The span of the request, once it is answered. */
  readonly request?: TraceSpan;
  readonly appendedMs?: number;
  /** When the planner had worked out what to publish. */
  readonly plannedMs?: number;
}

export interface SpansInput {
  readonly change: TracedChange;
  readonly moments: HubMoments;
  readonly published: readonly PublishedSeen[];
  /** Of this change, in any order. */
  readonly outcomes: readonly OutcomeSeen[];
  readonly nameOf: (cluster: ClusterId) => string;
  /** The change before it of the same object, with what was told of it by the clusters in `outcomes`. */
  readonly earlier?: { readonly change: TracedChange; readonly outcomes: readonly OutcomeSeen[] } | undefined;
}

/** What the API calls its requests, with their Idempotency-Key or without; the hub's own writes are called otherwise, and have no span of a request. */
const requestPattern = /^(request|key)-/;

/** The trace that a change belongs to; one of its own where nobody gave it any. */
export function traceOf({ traceparent, id, requestId }: Pick<TracedChange, 'traceparent' | 'id' | 'requestId'>): TraceContext {
  return parseTraceparent(traceparent) ?? { traceId: traceIdOf(id, requestId), isSampled: true };
}

/**
 * request → intent append → plan → publish → per cluster: deliver → verify → compile → apply (→ stage → write) → report → fold.
 *
 * In any order of what was told, and however often, it is the same tree with one root. Sorted: the hub's spans first, then by cluster.
 */
export function spansOf(input: SpansInput): readonly TraceSpan[] {
  const { change, outcomes, nameOf } = input;
  const { traceId } = traceOf(change);
  const above = hubSpans(input);
  const parentSpanId = above.at(-1)?.spanId ?? '';
  const byCluster = Map.groupBy(outcomes, ({ cluster }) => cluster);
  const linkToEarlier = linksTo(input.earlier);
  const below = [...byCluster]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cluster, ofCluster]) =>
      clusterSpans({
        ...{ traceId, parentSpanId, change: change.id, policy: change.name, cluster, name: nameOf(cluster), outcomes: ofCluster },
        linkToEarlier: linkToEarlier(cluster),
      }),
    );
  return [...above, ...below];
}

/** Each is the parent of the next. */
function hubSpans({ change, moments, published, outcomes }: SpansInput): readonly TraceSpan[] {
  const { traceId, parentSpanId } = traceOf(change);
  const hasRequest = requestPattern.test(change.requestId);
  const requestId = requestSpanId(traceId, change.requestId);
  const startMs = Math.max(change.atMs, moments.request?.startMs ?? 0);
  const appendedMs = Math.max(startMs, moments.appendedMs ?? startMs);
  // What else is decided is named by the hash of a secret.
  const isNamed = change.kind === 'policy' || change.kind === 'cluster';
  const above = hasRequest ? { parentSpanId: requestId } : parentSpanId === undefined ? {} : { parentSpanId };
  const append: TraceSpan = {
    ...{ traceId, ...above, spanId: spanIdOf(traceId, 'intent append', change.id), name: 'intent append', kind: 'producer' },
    ...{ startMs, endMs: appendedMs, events: [], links: [] },
    attributes: attributesOf({
      ...{
        'accord.change': change.id,
        'accord.change.type': change.type,
        'accord.object': isNamed ? `${change.kind}/${change.name}` : change.kind,
      },
      ...{ 'accord.revision': change.revision, 'accord.actor': change.actor, 'accord.reason': change.reason },
      ...{ 'accord.source': change.source, 'messaging.system': 'nats', 'messaging.operation.name': 'publish' },
      'messaging.operation.type': 'send',
      'messaging.destination.name': isNamed ? intentSubject(change.kind, change.object) : undefined,
    }),
  };
  const request: TraceSpan = moments.request ?? {
    ...{ traceId, ...(parentSpanId !== undefined && { parentSpanId }), spanId: requestId, name: 'request', kind: 'server' },
    ...{ startMs, endMs: appendedMs, events: [], links: [], attributes: attributesOf({ 'accord.change': change.id }) },
  };
  const planned = plannedSpans({ change, moments, published, outcomes }, append);
  return [...(hasRequest ? [request] : []), append, ...planned];
}

/** Nothing where nothing was published: not every change concerns a cluster. */
function plannedSpans(
  { change, moments, published, outcomes }: Pick<SpansInput, 'change' | 'moments' | 'published' | 'outcomes'>,
  append: TraceSpan,
): readonly TraceSpan[] {
  const { traceId } = append;
  // What a cluster has answered was published, even where that is not recorded yet.
  const answered = outcomes.map(({ stamps, atMs }) => stamps.publishedMs || atMs);
  const times = published.length > 0 ? published.map(({ atMs }) => atMs) : answered;
  if (times.length === 0) return [];
  // As many as there are clusters: too many to be arguments of a call.
  const firstMs = times.reduce((a, b) => Math.min(a, b));
  const publishedMs = Math.max(append.endMs, firstMs);
  const plannedMs = Math.min(publishedMs, Math.max(append.endMs, moments.plannedMs ?? publishedMs));
  // Later ones repeat it: for a cluster that has come, or in a new epoch.
  const first = published.filter(({ atMs }) => atMs === firstMs);
  const spanIds = { plan: spanIdOf(traceId, 'plan', change.id), publish: spanIdOf(traceId, 'publish', change.id) };
  const rest = { traceId, events: [], links: [], ...(published.length === 0 && { isOpen: true }) } as const;
  const plan: TraceSpan = {
    ...{ ...rest, parentSpanId: append.spanId, spanId: spanIds.plan, name: 'plan', kind: 'internal' },
    ...{ startMs: append.endMs, endMs: plannedMs, attributes: attributesOf({ 'accord.change': change.id }) },
  };
  const publish: TraceSpan = {
    ...{ ...rest, parentSpanId: plan.spanId, spanId: spanIds.publish, name: 'publish', kind: 'producer' },
    ...{ startMs: plannedMs, endMs: publishedMs },
    attributes: attributesOf({
      ...{ 'accord.change': change.id, 'messaging.system': 'nats', 'messaging.operation.name': 'publish' },
      ...{ 'messaging.operation.type': 'send', 'accord.documents': first.length },
      ...(first.length > 0 && { 'accord.anchors': first.map(({ anchor }) => anchor).toSorted() }),
    }),
  };
  return [plan, publish];
}

/** To where the change before it ended on a cluster without being applied there. */
function linksTo(earlier: SpansInput['earlier']): (cluster: ClusterId) => SpanLink | undefined {
  if (earlier === undefined) return () => undefined;
  const { change, outcomes } = earlier;
  const { traceId } = traceOf(change);
  const byCluster = Map.groupBy(outcomes, ({ cluster }) => cluster);
  const attributes = attributesOf({ 'accord.change': change.id });
  return (cluster) => {
    const spanId = spanOfUnfinished(traceId, change.id, byCluster.get(cluster) ?? []);
    return spanId === undefined ? undefined : { traceId, spanId, attributes };
  };
}
