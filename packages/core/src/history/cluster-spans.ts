/** What one change did on one cluster, as spans: deliver → verify → compile → apply → report → fold, below one for the cluster; below apply its stages. */
import type { ClusterId } from '@accord/proto/ids';
import { compareNumbers } from '@accord/proto/signed-report';
import { outcomeSubject } from '@accord/proto/subjects';
import { isPolicyState, isSettled, states } from '../status/states.ts';
import { stageSpans } from './stage-spans.ts';
import { attributesOf, type SpanEvent, type SpanKind, type SpanLink, type TraceSpan } from './span.ts';
import { timelineOf, type ClusterTimeline, type OutcomeSeen } from './timeline.ts';
import { parseTraceparent, spanIdOf } from './trace-context.ts';

/**
 * How far the change had come there. The first outcome of each kind tells its spans, so that they never change once they are told;
 * `waits` stands for the last word while there is no other.
 */
export type Course = 'waits' | 'failed' | 'left' | 'done';

export interface ClusterSpansInput {
  readonly traceId: string;
  readonly parentSpanId: string;
  readonly change: string;
  readonly policy: string;
  readonly cluster: ClusterId;
  readonly name: string;
  /** Of this cluster and this change alone, in any order. */
  readonly outcomes: readonly OutcomeSeen[];
  /** Where an earlier change of the policy ended on this cluster that was never applied there. */
  readonly linkToEarlier: SpanLink | undefined;
}

interface Hop {
  readonly name: string;
  readonly kind: SpanKind;
  readonly toMs: number;
  /** By the clock that read it; 0 at the hub. */
  readonly rawMs: number;
}

/** At most one tree for each course; none where nothing was told. */
export function clusterSpans(input: ClusterSpansInput): readonly TraceSpan[] {
  return tellersOf(input.outcomes).flatMap(({ course, told }) => {
    const [timeline] = timelineOf(told);
    return timeline === undefined ? [] : treeOf(input, course, timeline);
  });
}

/** The span under which a cluster tells its course; undefined when it has told nothing, or has applied it. */
export function spanOfUnfinished(traceId: string, change: string, outcomes: readonly OutcomeSeen[]): string | undefined {
  const [last] = tellersOf(outcomes).slice(-1);
  const [outcome] = outcomes;
  if (last === undefined || outcome === undefined || last.course === 'done') return undefined;
  return clusterSpanId({ traceId, change, cluster: outcome.cluster }, last.course);
}

/** Of the span that the hub makes of an outcome; nothing where nobody gave the change a trace. */
export function spanOfOutcome(told: {
  readonly change: string;
  readonly traceparent: string;
  readonly cluster: ClusterId;
  readonly state: string;
}): { readonly traceId?: string; readonly spanId?: string } {
  const context = parseTraceparent(told.traceparent);
  if (context === undefined) return {};
  const { traceId } = context;
  return { traceId, spanId: clusterSpanId({ traceId, ...told }, courseOf(told.state)) };
}

function clusterSpanId(of: Pick<ClusterSpansInput, 'traceId' | 'change' | 'cluster'>, course: Course): string {
  return spanIdOf(of.traceId, 'cluster', of.change, of.cluster, course);
}

/** Each course with all that was told up to its outcome, in the order in which they were. */
function tellersOf(outcomes: readonly OutcomeSeen[]): readonly { readonly course: Course; readonly told: readonly OutcomeSeen[] }[] {
  const inOrder = outcomes.toSorted((a, b) => compareNumbers(a.number, b.number) || a.atMs - b.atMs);
  const first = new Map<Course, number>();
  for (const [at, { state }] of inOrder.entries()) {
    const course = courseOf(state);
    if (course !== 'waits' && !first.has(course)) first.set(course, at);
    if (course === 'done') break;
  }
  if (first.size === 0 && inOrder.length > 0) first.set('waits', inOrder.length - 1);
  return [...first].map(([course, at]) => ({ course, told: inOrder.slice(0, at + 1) }));
}

function courseOf(state: string): Course {
  if (isSettled(state)) return 'done';
  if (!isPolicyState(state)) return 'waits';
  const { stalled, reconciling } = states[state];
  return stalled ? 'failed' : reconciling ? 'waits' : 'left';
}

function treeOf(input: ClusterSpansInput, course: Course, timeline: ClusterTimeline): readonly TraceSpan[] {
  const { traceId, parentSpanId, change, policy, cluster, name, linkToEarlier } = input;
  const { state, reason, message, skewMs, steps, stages, foldedMs } = timeline;
  const parts = hopSpans(input, course, timeline);
  const startMs = parts[0]?.startMs ?? foldedMs;
  const count = (of: 'created' | 'changed' | 'removed'): number => steps.reduce((sum, step) => sum + step[of], 0);
  const because = [reason, message].filter((text) => text !== '').join(': ');
  const isFailed = course === 'failed';
  const whole: TraceSpan = {
    ...{ traceId, parentSpanId, spanId: clusterSpanId(input, course), name: 'cluster', kind: 'internal' },
    ...{ startMs, endMs: Math.max(startMs, foldedMs) },
    attributes: attributesOf({
      ...{ 'accord.change': change, 'accord.cluster': name, 'accord.cluster.id': cluster, 'accord.state': state },
      ...{ 'accord.state.reason': reason, 'accord.clock.skew_ms': skewMs, 'error.type': isFailed ? state : undefined },
      ...{ 'accord.objects.created': count('created'), 'accord.objects.changed': count('changed') },
      'accord.objects.removed': count('removed'),
    }),
    events: steps.map(stepEvent),
    links: linkToEarlier === undefined ? [] : [linkToEarlier],
    ...(course === 'waits' && { isOpen: true }),
    ...(isFailed && {
      error: `${change} is ${state} on ${name}${because === '' ? '' : ` (${because})`}; see: accord why ${policy} ${name}`,
    }),
  };
  const apply = parts.find((part) => part.name === 'apply');
  return [whole, ...parts, ...(apply === undefined ? [] : stageSpans({ apply, stages, name, policy }))];
}

function stepEvent({ state, reason, fromMs, count }: ClusterTimeline['steps'][number]): SpanEvent {
  const attributes = attributesOf({ 'accord.state': state, 'accord.state.reason': reason, 'accord.told': count });
  return { name: state, atMs: fromMs, attributes };
}

/** A moment that was not seen is covered by the next hop. However clocks jumped, none ends before it begins, nor after the hub knew of it. */
function hopSpans(
  input: ClusterSpansInput,
  course: Course,
  { stamps, corrected, foldedMs, skewMs }: ClusterTimeline,
): readonly TraceSpan[] {
  const { traceId, change, cluster, name } = input;
  const hops: readonly Hop[] = [
    { name: 'deliver', kind: 'consumer', toMs: corrected.receivedMs, rawMs: stamps.receivedMs },
    { name: 'verify', kind: 'internal', toMs: corrected.verifiedMs, rawMs: stamps.verifiedMs },
    { name: 'compile', kind: 'internal', toMs: corrected.compiledMs, rawMs: stamps.compiledMs },
    { name: 'apply', kind: 'internal', toMs: corrected.appliedMs, rawMs: stamps.appliedMs },
    { name: 'report', kind: 'producer', toMs: corrected.reportedMs, rawMs: stamps.reportedMs },
    { name: 'fold', kind: 'consumer', toMs: foldedMs, rawMs: 0 },
  ];
  const spans: TraceSpan[] = [];
  let from = { ms: Math.min(corrected.publishedMs, foldedMs), rawMs: 0 };
  for (const hop of hops.filter(({ toMs }) => toMs > 0)) {
    const endMs = Math.max(from.ms, Math.min(hop.toMs, foldedMs));
    // Nothing was told of its publication: what comes first has no length.
    const startMs = from.ms > 0 ? from.ms : endMs;
    spans.push({
      ...{ traceId, parentSpanId: clusterSpanId(input, course), spanId: spanIdOf(traceId, hop.name, change, cluster, course) },
      ...{ name: hop.name, kind: hop.kind, startMs, endMs },
      attributes: attributesOf({
        ...{ 'accord.cluster': name, 'accord.clock.skew_ms': skewMs, ...messagingOf(hop.name, cluster) },
        ...(from.rawMs > 0 && { 'accord.clock.raw_start_ms': from.rawMs }),
        ...(hop.rawMs > 0 && { 'accord.clock.raw_end_ms': hop.rawMs }),
      }),
      ...{ events: [], links: [], ...(course === 'waits' && { isOpen: true }) },
    });
    from = { ms: endMs, rawMs: hop.rawMs };
  }
  return spans;
}

const messaging = {
  deliver: ['receive', 'receive'],
  report: ['publish', 'send'],
  fold: ['fold', 'process'],
} as const;

function messagingOf(hop: string, cluster: ClusterId): Parameters<typeof attributesOf>[0] {
  if (!Object.hasOwn(messaging, hop)) return {};
  const [name, type] = messaging[hop as keyof typeof messaging];
  const words = { 'messaging.system': 'nats', 'messaging.operation.name': name, 'messaging.operation.type': type };
  // Under which of its anchors the cluster read it first, an outcome does not say.
  return hop === 'deliver' ? words : { ...words, 'messaging.destination.name': outcomeSubject(cluster) };
}
