/** Routes whose answer is no JSON of a schema, as their documentation has them. */
import type { RouteRole, Scope } from '../request-context.ts';

export interface PlainRoute {
  readonly path: string;
  readonly summary: string;
  readonly role: RouteRole;
  readonly scope?: Scope;
  /** Name → what it does. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<number, { readonly type: string; readonly description: string; readonly schema: object }>>;
  readonly refuses: readonly number[];
}

const text = { type: 'string' };
const always = [400, 403, 429, 500];
const guarded = [400, 401, 403, 429, 500, 503];

export const plainRoutes: readonly PlainRoute[] = [
  {
    path: '/v1/events',
    summary: 'What changes, as it happens, as Server-Sent Events: the data of each is an Event.',
    role: 'viewer',
    scope: 'limited',
    headers: { 'Last-Event-ID': 'Goes on after this event, or says with one reset that everything is to be read anew.' },
    answers: { 200: { type: 'text/event-stream', description: 'Until one side ends it', schema: text } },
    refuses: guarded,
  },
  {
    path: '/metrics',
    summary: 'Metrics in the text format of Prometheus.',
    role: 'viewer',
    answers: { 200: { type: 'text/plain', description: 'Done', schema: text } },
    refuses: guarded,
  },
  ...['/healthz', '/livez'].map((path): PlainRoute => ({
    path,
    summary: 'The process answers.',
    role: 'public',
    answers: { 200: { type: 'text/plain', description: 'Done', schema: text } },
    refuses: always,
  })),
  {
    path: '/readyz',
    summary: 'It has caught up and may decide.',
    role: 'public',
    answers: {
      200: { type: 'text/plain', description: 'Ready', schema: text },
      503: { type: 'text/plain', description: 'Not ready, and why', schema: text },
    },
    refuses: always,
  },
  {
    path: '/openapi.json',
    summary: 'This document.',
    role: 'public',
    answers: { 200: { type: 'application/json', description: 'Done', schema: { type: 'object' } } },
    refuses: always,
  },
];
