import { parseDuration } from '@accord/proto/duration';
import { keptSchema } from '@accord/proto/api-history';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Database } from '../history/database.ts';
import { keptSince } from '../history/past-objects.ts';
import { timeOf } from './fact-history.ts';
import { Refusal } from './refusal.ts';
import { queryOf } from './request-context.ts';

/** A time, or how long ago: `2026-11-24T15:00:00Z`, `2h`. Undefined when it is not given. Rejects with `invalid`. */
export function timeFrom(request: FastifyRequest, name: string, nowMs: number): number | undefined {
  const text = queryOf(request, name);
  if (text === undefined || text === '') return undefined;
  const agoMs = parseDuration(text);
  if (agoMs !== undefined) return nowMs - agoMs;
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new Refusal('invalid', `query parameter ${name} is no time`, {
    status: 400,
    help: 'Write it like 2026-11-24T15:00:00Z, or how long ago: 30m, 2h.',
  });
}

/** What the history holds still, for whoever asks for more. */
export function keptBody(database: Database): z.infer<typeof keptSchema> {
  const { factsMs, outcomesMs } = keptSince(database);
  return {
    ...(factsMs !== undefined && { factsSince: timeOf(factsMs) }),
    ...(outcomesMs !== undefined && { outcomesSince: timeOf(outcomesMs) }),
  };
}

/** Rejects with `gone` for a time of which nothing is known, and says what is kept. */
export function requireKept(database: Database, atMs: number): void {
  const { factsMs, outcomesMs } = keptSince(database);
  if (factsMs === undefined || atMs >= factsMs) return;
  const outcomes =
    outcomesMs === undefined ? 'nothing is kept of what clusters did' : `what clusters did is kept since ${timeOf(outcomesMs)}`;
  throw new Refusal('gone', `nothing is known of ${timeOf(atMs)}: this hub decides since ${timeOf(factsMs)}, and ${outcomes}`, {
    help: 'Ask for a later time.',
  });
}

/** What a page of entries goes on after: opaque to the caller. */
export function pageToken(...key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Undefined on the first page. Rejects with `invalid` for what is no token of ours. */
export function readPageToken(request: FastifyRequest, kinds: readonly ('string' | 'number')[]): readonly (string | number)[] | undefined {
  const text = queryOf(request, 'continue');
  if (text === undefined || text === '') return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(key) && key.length === kinds.length && kinds.every((kind, at) => typeof key[at] === kind)) return key as string[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Refusal('invalid', 'continue: this hub never gave that token', { status: 400, help: 'List again from the start.' });
}
