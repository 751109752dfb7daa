/** Spans as OTLP has them in JSON (opentelemetry-proto 1.x, the JSON mapping of ExportTraceServiceRequest). */
import { splitMs, type SpanAttributes, type SpanKind, type TraceSpan } from './span.ts';

type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: number }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: { readonly stringValue: string }[] } };

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: OtlpAttribute[];
  readonly events: { readonly timeUnixNano: string; readonly name: string; readonly attributes: OtlpAttribute[] }[];
  readonly links: { readonly traceId: string; readonly spanId: string; readonly attributes: OtlpAttribute[] }[];
  /** Code 2 is an error, 0 says nothing. */
  readonly status: { readonly code: 0 | 2; readonly message?: string };
}

export interface OtlpTraces {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: OtlpAttribute[] };
    readonly scopeSpans: { readonly scope: { readonly name: string }; readonly spans: OtlpSpan[] }[];
  }[];
}

/** What spans of the hub say who made them. */
export const scopeName = 'accord-hub';

const kinds: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };

export function otlpTraces(spans: readonly TraceSpan[], resource: SpanAttributes): OtlpTraces {
  const scopeSpans = [{ scope: { name: scopeName }, spans: spans.map(otlpSpan) }];
  return { resourceSpans: [{ resource: { attributes: otlpAttributes(resource) }, scopeSpans }] };
}

function otlpSpan({ traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes, events, links, error }: TraceSpan): OtlpSpan {
  return {
    ...{ traceId, spanId, ...(parentSpanId !== undefined && { parentSpanId }), name, kind: kinds[kind] },
    ...{ startTimeUnixNano: nanosOf(startMs), endTimeUnixNano: nanosOf(endMs), attributes: otlpAttributes(attributes) },
    events: events.map((event) => ({
      ...{ timeUnixNano: nanosOf(event.atMs), name: event.name, attributes: otlpAttributes(event.attributes) },
    })),
    links: links.map((link) => ({ traceId: link.traceId, spanId: link.spanId, attributes: otlpAttributes(link.attributes) })),
    status: error === undefined ? { code: 0 } : { code: 2, message: error },
  };
}

function otlpAttributes(attributes: SpanAttributes): OtlpAttribute[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));
}

function otlpValue(value: SpanAttributes[string]): OtlpValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  return { arrayValue: { values: value.map((text) => ({ stringValue: text })) } };
}

/** As text: the number is beyond what JSON numbers hold exactly. */
function nanosOf(ms: number): string {
  const [seconds, nanos] = splitMs(ms);
  return `${seconds}${String(nanos).padStart(9, '0')}`;
}
