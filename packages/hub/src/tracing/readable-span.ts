import { splitMs, type SpanKind as Kind, type TraceSpan } from '@accord/core/history/span';
import { scopeName } from '@accord/core/history/otlp-json';
import { SpanKind, SpanStatusCode, TraceFlags, type HrTime, type SpanContext } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

const kinds: Readonly<Record<Kind, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** A finished span for the exporter. It was sampled, or it would not be sent. */
export function readableSpan(span: TraceSpan, resource: Resource): ReadableSpan {
  const { traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes, events, links, error } = span;
  const contextOf = (of: { readonly traceId: string; readonly spanId: string }): SpanContext => ({
    ...{ traceId: of.traceId, spanId: of.spanId, traceFlags: TraceFlags.SAMPLED },
  });
  const context = contextOf({ traceId, spanId });
  return {
    ...{ name, kind: kinds[kind], spanContext: () => context },
    ...(parentSpanId !== undefined && { parentSpanContext: contextOf({ traceId, spanId: parentSpanId }) }),
    ...{ startTime: hrTime(startMs), endTime: hrTime(endMs), duration: hrTime(endMs - startMs), ended: true },
    status: error === undefined ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: error },
    attributes: { ...attributes },
    events: events.map((event) => ({ name: event.name, time: hrTime(event.atMs), attributes: { ...event.attributes } })),
    links: links.map((link) => ({ context: contextOf(link), attributes: { ...link.attributes } })),
    ...{ resource, instrumentationScope: { name: scopeName } },
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  };
}

function hrTime(ms: number): HrTime {
  const [seconds, nanos] = splitMs(ms);
  return [seconds, nanos];
}
