import { randomBytes, randomUUID } from 'node:crypto';
import { ownTraceparent, parseTraceparent } from '@accord/core/history/trace-context';
import { hex, sha256 } from '@accord/proto/canonical';
import type { FastifyRequest } from 'fastify';
import type { Role } from '@accord/proto/access';
import type { Author } from '../intent/intent-log.ts';
import type { Caller } from './auth.ts';
import { Refusal } from './refusal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of a route that is not public. */
    caller: Caller | undefined;
    /** W3C trace context, taken from the caller or made. */
    traceparent: string;
    /** Names the request in the facts that it makes, see `Author`; empty until the caller is let in. */
    requestId: string;
    startedMs: number;
    /** On routes without a caller: what the request says to be, and the hub knows. Not proven. */
    askedAs: string;
  }
  interface FastifyContextConfig {
    /** Least role that may call the route. A route that declares none is closed. */
    role?: RouteRole;
    /** What it means to callers who have the role in bindings only. A route that declares none is closed to them. */
    scope?: Scope;
    /** A public route that counts failures by itself, see `Operation`. */
    limitsItself?: true;
  }
}

/** `public` needs no token, `known` takes any that is valid. */
export type RouteRole = Role | 'known' | 'public';

/**
 * `any`: the answer tells nothing of the fleet. `limited`: what is read comes from the view of the caller. `policy`, `cluster`:
 * besides, `:name` in the path is one that his bindings reach. Writes are judged by what they write.
 */
export type Scope = 'any' | 'limited' | 'policy' | 'cluster';

const headerCharsMax = 512;

/** The trace that the caller is in, or a new one. Source: W3C Trace Context, version 00. */
export function traceparentOf(header: unknown, samples: (traceId: string) => boolean): string {
  if (typeof header === 'string' && parseTraceparent(header) !== undefined) return header;
  const traceId = randomBytes(16).toString('hex');
  return ownTraceparent(traceId, samples(traceId));
}

/** One for each request; the same for every attempt that the caller calls the same. */
export function requestIdOf({ headers, caller }: FastifyRequest): string {
  const key = headers['idempotency-key'];
  if (caller === undefined || typeof key !== 'string' || key === '') return `request-${randomUUID()}`;
  // Two people who choose the same key mean two requests.
  return `key-${hex(sha256(`${caller.actor}\0${key}`)).slice(0, 40)}`;
}

/** Rejects with `unauthenticated` on a route that is public, where nobody was asked who he is. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === undefined)
    throw new Refusal('unauthenticated', 'this route needs a token', { help: 'Send "Authorization: Bearer TOKEN".' });
  return caller;
}

/** Who wants this, why and from which source, with the identity of the request. */
export function authorOf(request: FastifyRequest): Author {
  return {
    actor: callerOf(request).actor,
    reason: headerOf(request, 'accord-reason'),
    source: headerOf(request, 'accord-source'),
    traceparent: request.traceparent,
    requestId: request.requestId,
    requestDigest: requestDigest(request),
  };
}

/** Of what was asked: method, address and the body as it came. */
export function requestDigest({ method, url, body }: FastifyRequest): Uint8Array {
  return sha256(`${method}\0${url}\0`, Buffer.isBuffer(body) ? body : '');
}

/** One value of at most 512 characters, empty when the header is missing. */
export function headerOf({ headers }: FastifyRequest, name: string): string {
  const value = headers[name];
  if (value === undefined) return '';
  if (typeof value !== 'string' || value.length > headerCharsMax) {
    throw new Refusal('invalid', `header ${name} may come once and have at most ${headerCharsMax} characters`, {
      status: 400,
      help: 'Shorten it.',
    });
  }
  return value;
}

/** One value of a query parameter; undefined when it is missing. Rejects with `invalid` when it comes twice. */
export function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  const value = (query as Readonly<Record<string, unknown>>)[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new Refusal('invalid', `query parameter ${name} may come once`, { status: 400, help: 'Leave one of them out.' });
}

/** As it was called, without the query. */
export function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}

/** A path parameter that the route declares. */
export function paramOf({ params }: FastifyRequest, name: string): string {
  return (params as Readonly<Record<string, string | undefined>>)[name] ?? '';
}

/** A positive integer; `fallback` when it is missing. */
export function countOf(
  request: FastifyRequest,
  name: string,
  { fallback, max }: { readonly fallback: number; readonly max: number },
): number {
  const text = queryOf(request, name);
  if (text === undefined || text === '') return fallback;
  if (!/^[0-9]{1,9}$/.test(text))
    throw new Refusal('invalid', `query parameter ${name} is no number`, { status: 400, help: `Write a number from 1 to ${max}.` });
  const count = Number(text);
  return count === 0 ? fallback : Math.min(count, max);
}
