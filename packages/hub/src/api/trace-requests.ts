import { attributesOf, type TraceSpan } from '@accord/core/history/span';
import { parseTraceparent, requestSpanId, type TraceContext } from '@accord/core/history/trace-context';
import type { Clock } from '@accord/runtime/clock';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tracing } from '../tracing/tracing.ts';
import { pathOf, requestIdOf } from './request-context.ts';

export interface TraceRequestsDeps {
  readonly tracing: Tracing;
  readonly clock: Clock;
}

/** Asked every few seconds by programs, of which nobody wants to know each time. */
const untraced: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** A span for each request, told when it is answered; what is logged meanwhile names it. To be called after whoever sets trace and caller. */
export function traceRequests(app: FastifyInstance, { tracing, clock }: TraceRequestsDeps): void {
  app.addHook('onRequest', (request, _reply, done) => {
    request.requestId = requestIdOf(request);
    inside(tracing, request, done);
  });
  // A body is read by events of its socket, which know nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => inside(tracing, request, done));
  app.addHook('onResponse', (request, reply, done) => {
    tell(tracing, request, reply, clock.now());
    done();
  });
}

function inside(tracing: Tracing, request: FastifyRequest, work: () => void): void {
  const context = parseTraceparent(request.traceparent);
  if (context === undefined) return work();
  tracing.context.run({ traceId: context.traceId, spanId: requestSpanId(context.traceId, request.requestId) }, work);
}

function tell(tracing: Tracing, request: FastifyRequest, reply: FastifyReply, nowMs: number): void {
  const change = reply.getHeader('accord-change');
  const isWanted = tracing.isExporting && !untraced.has(request.routeOptions.url ?? '');
  const context = isWanted || typeof change === 'string' ? parseTraceparent(request.traceparent) : undefined;
  // Whoever was turned away at the door was given no name.
  if (context === undefined || request.requestId === '') return;
  const named = typeof change === 'string' ? change : undefined;
  const span = requestSpan(request, { statusCode: reply.statusCode, change: named }, context, nowMs);
  if (named !== undefined) tracing.moments.learn(named, { request: span });
  if (isWanted) tracing.offer({ ...span, attributes: { ...span.attributes, ...callerAttributes(request) } }, context);
}

/** Names and attributes: semantic conventions of OpenTelemetry for HTTP servers. */
function requestSpan(
  request: FastifyRequest,
  { statusCode, change }: { readonly statusCode: number; readonly change: string | undefined },
  { traceId, parentSpanId }: TraceContext,
  nowMs: number,
): TraceSpan {
  const { method, routeOptions, protocol, caller, requestId, startedMs } = request;
  const isFailed = statusCode >= 500;
  return {
    ...{ traceId, spanId: requestSpanId(traceId, requestId), ...(parentSpanId !== undefined && { parentSpanId }) },
    ...{ name: routeOptions.url === undefined ? method : `${method} ${routeOptions.url}`, kind: 'server' },
    ...{ startMs: startedMs, endMs: Math.max(startedMs, nowMs), events: [], links: [] },
    attributes: attributesOf({
      ...{ 'http.request.method': method, 'http.route': routeOptions.url, 'http.response.status_code': statusCode },
      ...{ 'url.scheme': protocol, 'url.path': pathOf(request), 'accord.actor': caller?.actor },
      'accord.change': change,
      'error.type': isFailed ? String(statusCode) : undefined,
    }),
    ...(isFailed && { error: `the hub answered ${statusCode}; see its log for the same trace` }),
  };
}

/** Where somebody sits is told to who runs the hub, and not to everybody who may read a change. */
function callerAttributes({ ip, headers }: FastifyRequest): TraceSpan['attributes'] {
  return attributesOf({ 'client.address': ip, 'user_agent.original': headers['user-agent'] });
}
