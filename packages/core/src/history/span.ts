/** A span as the hub tells it, and the words for what it says. docs/reference/tracing.md lists them; a test compares. */

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface SpanEvent {
  readonly name: string;
  readonly atMs: number;
  readonly attributes: SpanAttributes;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: SpanAttributes;
}

/** Times are on the clock of the hub, in milliseconds with a fraction. */
export interface TraceSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: SpanAttributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  /** Why it failed, as a sentence. */
  readonly error?: string;
  /** It may still be told otherwise, so it is shown and not exported. */
  readonly isOpen?: boolean;
}

/** Seconds and nanoseconds since the epoch, rounded as OpenTelemetry rounds milliseconds. */
export function splitMs(ms: number): readonly [seconds: number, nanos: number] {
  const seconds = Math.trunc(ms / 1_000);
  const nanos = Math.round((ms % 1_000) * 1_000_000);
  return nanos === 1_000_000_000 ? [seconds + 1, 0] : [seconds, nanos];
}

/**
 * Names of attributes, each with what it says. Those without `accord.` are semantic conventions of OpenTelemetry
 * (https://opentelemetry.io/docs/specs/semconv/), which say `nats` nowhere and leave room for it. They know no object of any kind either:
 * `k8s.object.*` are words of the receiver of Kubernetes events in the Collector.
 */
export const spanAttributes = {
  'http.request.method': 'method of the request, at the hub or at an API server',
  'http.route': 'its route, with names in place of values',
  'http.response.status_code': 'what the hub answered',
  'url.scheme': '`http` or `https`',
  'url.path': 'path of the request, without its query',
  'client.address': 'address of the caller',
  'user_agent.original': 'program of the caller',
  'error.type': 'state or status that makes the span an error',
  'messaging.system': '`nats`',
  'messaging.operation.name': 'what is done with the message',
  'messaging.operation.type': '`send`, `receive` or `process`',
  'messaging.destination.name': 'subject of the message',
  'accord.change': 'id of the change, for example `team-payments@42`',
  'accord.change.type': 'what was decided, for example `PolicyChanged`',
  'accord.object': 'what was changed, for example `policy/team-payments`',
  'accord.revision': 'its revision',
  'accord.actor': 'who wanted it',
  'accord.reason': 'why, where it was said',
  'accord.source': 'where it comes from, where it was said',
  'accord.anchors': 'anchors under which it was published',
  'accord.documents': 'how many documents were published',
  'accord.cluster': 'name of the cluster',
  'accord.cluster.id': 'its id',
  'accord.state': 'state that the outcome says',
  'accord.state.reason': 'reason in it',
  'accord.objects.created': 'objects that were made in that pass',
  'accord.objects.changed': 'objects that were changed in it',
  'accord.objects.removed': 'objects that were removed in it',
  'accord.stage': 'which stage: objects of 1 to 7 are applied one after the other, in 8 is what leaves',
  'accord.stage.writes': 'how many objects were written in it',
  'accord.write.result': 'what came of the write, or the reason why nothing did',
  'k8s.namespace.name': 'namespace of the object',
  'k8s.object.kind': 'its kind',
  'k8s.object.name': 'its name',
  'k8s.object.api_group': 'group of its kind',
  'accord.told': 'how often the state was told in a row',
  'accord.clock.skew_ms': 'how far the clock of the cluster was ahead',
  'accord.clock.raw_start_ms': 'start as the cluster read its clock, in milliseconds since the epoch',
  'accord.clock.raw_end_ms': 'end as the cluster read its clock',
} as const;
export type SpanAttributeName = keyof typeof spanAttributes;

/** Only names that are listed; what is empty is left out. */
export function attributesOf(values: Partial<Record<SpanAttributeName, string | number | readonly string[] | undefined>>): SpanAttributes {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(said) as SpanAttributes;
}
