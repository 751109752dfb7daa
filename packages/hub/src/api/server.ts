import type { Server } from 'node:http';
import { isCoded, type CodedError } from '@accord/proto/coded-error';
import { apiVersion, kinds } from '@accord/proto/kube-api';
import { fastify, type FastifyHttpOptions, type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import { Waits } from './accepted.ts';
import { Admission } from './admit.ts';
import { answerNotBuilt, registerConsole } from './console/serve-console.ts';
import { countRequests } from './count-requests.ts';
import type { ApiDeps } from './deps.ts';
import { FailureLimit } from './failure-limit.ts';
import { requireKnownHost } from './host-check.ts';
import { registerClusters } from './kube/clusters.ts';
import { registerDiscovery } from './kube/discovery.ts';
import { registerOpenApiV2 } from './kube/openapi-v2.ts';
import { groupDocument, type GroupDocument } from './kube/openapi-v3.ts';
import { registerPolicies } from './kube/policies.ts';
import type { ResourceDeps } from './kube/resources.ts';
import { createOnePortServer } from './one-port.ts';
import { problemOf, statusOf } from './problem.ts';
import { rawBytesMax } from './read-body.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { pathOf, traceparentOf } from './request-context.ts';
import { Sessions } from './session/sessions.ts';
import { RequestStore } from './store-request.ts';
import { traceRequests } from './trace-requests.ts';
import { registerV1 } from './v1/routes.ts';
import { Views } from './views.ts';

/** REST of the hub. The caller listens and closes; watches and event streams end with `deps.signal`. `onRoute` hears of each route. */
export function buildApi(deps: ApiDeps, onRoute?: (route: RouteOptions) => void): FastifyInstance {
  const { certificate, trustedProxies = [] } = deps;
  const options: FastifyHttpOptions<Server> = {
    bodyLimit: rawBytesMax,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 512 },
    logger: false,
    exposeHeadRoutes: false,
    // Of nobody else is X-Forwarded-For believed: the address of a caller decides about limits, and stands in the audit.
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    ...(certificate !== undefined && { serverFactory: (handler) => createOnePortServer(certificate, handler) }),
  };
  const app = fastify(options);
  // Bodies are read by the handlers, which know whether JSON or YAML is meant and which errors to make of it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.decorateRequest('caller', undefined);
  app.decorateRequest('traceparent', '');
  countRequests(app, deps.meters.meter);
  const parts = { failures: new FailureLimit(deps.clock), sessions: new Sessions(deps.clock) };
  const admission = new Admission(deps, parts);
  app.decorateRequest('requestId', '');
  app.decorateRequest('startedMs', 0);
  app.decorateRequest('askedAs', '');
  app.addHook('onRoute', (route) => onRoute?.(route));
  app.addHook('onRequest', async (request, reply) => {
    greet(deps, request, reply);
    await admission.admit(request);
  });
  traceRequests(app, deps);
  app.setErrorHandler((error, request, reply) => answerError(deps, error, request, reply));
  const isPage = registerConsole(app, deps.consoleDir);
  app.setNotFoundHandler((request, reply) => {
    if (isPage(request)) return answerNotBuilt(reply);
    throw unknownRoute(request);
  });
  const views = new Views(deps);
  const resources: ResourceDeps = { ...deps, ...parts, views, requests: new RequestStore(deps), waits: new Waits({ ...deps, views }) };
  registerDiscovery(app);
  registerGroupDocument(app, deps.crds);
  registerPolicies(app, resources);
  registerClusters(app, resources);
  registerV1(app, resources);
  return app;
}

/** Of the kinds themselves, and of nobody's fleet. */
const open = { role: 'viewer', scope: 'any' } as const;

function registerGroupDocument(app: FastifyInstance, crds: string): void {
  // Reading the definitions takes a quarter of a second, which a start does not wait for.
  let made: GroupDocument | undefined;
  const group = (): GroupDocument => (made ??= groupDocument(crds));
  app.get('/openapi/v3', { config: open }, () => group().index);
  registerOpenApiV2(app);
  app.get(`/openapi/v3/apis/${apiVersion}`, { config: open }, (_request, reply) =>
    reply.header('etag', `"${group().hash}"`).send(group().document),
  );
}

/** Host and trace, before anything else. */
function greet(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): void {
  request.startedMs = deps.clock.now();
  request.traceparent = traceparentOf(request.headers.traceparent, (traceId) => deps.tracing.samples(traceId));
  void reply.headers({
    traceparent: request.traceparent,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    // A page of another origin cannot even load what it may not read.
    'cross-origin-resource-policy': 'same-origin',
  });
  requireKnownHost(request.headers, deps.allowedHosts);
}

function answerError(deps: ApiDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(deps, error, request);
  if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (refusal.status === 429) void reply.header('retry-after', String(refusal.retryAfterSeconds));
  // Whoever asks too often would write the audit full.
  const isLoud = refusal.status !== 429 && request.method !== 'GET';
  if (isLoud || refusal.status === 401 || refusal.status === 403) audit(deps, request, refusal);
  const isPlain = pathOf(request).startsWith('/v1');
  return reply
    .status(refusal.status)
    .type(isPlain ? 'application/problem+json' : 'application/json')
    .send(isPlain ? problemOf(refusal) : statusOf(refusal));
}

function asRefusal({ log }: ApiDeps, error: unknown, request: FastifyRequest): Refusal {
  if (isCoded(error)) return refusalOf(error satisfies CodedError);
  const { code } = error as { readonly code?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal('too-large', `the body is larger than ${request.routeOptions.bodyLimit ?? rawBytesMax} bytes`, {
      help: 'Send less; split a policy that is so large.',
    });
  if (isUnreadable(error))
    return new Refusal('invalid', 'the request cannot be read', { status: 400, help: 'Check method, address and headers.' });
  // A request keeps nothing that the next one sees, so a bug in one of them ends that request and is loud in the log.
  log.error('a request failed because of a bug', { method: request.method, route: request.routeOptions.url, error });
  return new Refusal('unavailable', 'the hub has a bug that this request met', {
    status: 500,
    help: 'Look into the log of the hub for the same traceparent, and report it.',
  });
}

/** What fastify, or what sends files, has against the request: an address, a method or a condition that cannot be. */
function isUnreadable(error: unknown): boolean {
  const { code, statusCode = 500 } = error as { readonly code?: unknown; readonly statusCode?: number };
  return (typeof code === 'string' && code.startsWith('FST_ERR_')) || (statusCode >= 400 && statusCode < 500);
}

function audit({ past }: ApiDeps, request: FastifyRequest, { status, message }: Refusal): void {
  const { caller, ip, method, askedAs } = request;
  const more = [caller === undefined ? '' : `from ${ip}`, askedAs].filter((text) => text !== '').map((text) => ` (${text})`);
  const entry = {
    actor: caller?.actor ?? `nobody at ${ip}`,
    action: method,
    object: pathOf(request).slice(0, 300),
    change: '',
    reason: '',
    source: '',
    detail: `${status}: ${message}`.slice(0, 500) + more.join(''),
  };
  past.refuse(entry, caller !== undefined);
}

function unknownRoute(request: FastifyRequest): Refusal {
  const path = pathOf(request);
  const known = kinds.map(({ plural }) => `/apis/${apiVersion}/${plural}`).join(' and ');
  return new Refusal('not-found', `there is no ${request.method} ${path.slice(0, 200)}`, {
    help: `Kinds are at ${known}, everything else is in /openapi.json.`,
  });
}
