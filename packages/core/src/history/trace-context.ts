/** W3C trace context (level 1), and the ids of spans that are worked out rather than drawn. */
import { hex, sha256 } from '@accord/proto/canonical';

export interface TraceContext {
  readonly traceId: string;
  /** The span of the caller; missing where the hub has begun the trace. */
  readonly parentSpanId?: string;
  readonly isSampled: boolean;
}

const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Undefined for what is no `traceparent` of version 00. */
export function parseTraceparent(text: string): TraceContext | undefined {
  const [, traceId, spanId, flags] = pattern.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const isSampled = (Number.parseInt(flags, 16) & 1) === 1;
  return { traceId, isSampled, ...(spanId !== ownParentOf(traceId) && { parentSpanId: spanId }) };
}

/** Of a trace that the hub begins. It names no span of anybody, and is known by that again. */
export function ownTraceparent(traceId: string, isSampled: boolean): string {
  return `00-${traceId}-${ownParentOf(traceId)}-${isSampled ? '01' : '00'}`;
}

/** Equal parts give the same span, whoever tells it and however often. */
export function spanIdOf(traceId: string, ...parts: readonly string[]): string {
  return hex(sha256(['accord.span', traceId, ...parts].join('\0'))).slice(0, 16);
}

/** Of what happened without anybody's trace. */
export function traceIdOf(...parts: readonly string[]): string {
  return hex(sha256(['accord.trace', ...parts].join('\0'))).slice(0, 32);
}

/** The span of the request that a fact names. */
export function requestSpanId(traceId: string, requestId: string): string {
  return spanIdOf(traceId, 'request', requestId);
}

function ownParentOf(traceId: string): string {
  return spanIdOf(traceId, 'begun by a hub');
}
