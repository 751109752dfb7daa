/** What lists of whole fleets have in common: a choice of words, a sort order, a page. */
import { parseSelector } from '@accord/core/labels/parse-selector';
import { selectorTest, type Labels } from '@accord/core/labels/match-selector';
import { nearestName } from '@accord/core/policy/nearest-name';
import type { FastifyRequest } from 'fastify';
import { pageToken, readPageToken } from './read-time.ts';
import { Refusal } from './refusal.ts';
import { countOf, queryOf } from './request-context.ts';

/** One of a closed list of words; undefined when it is not given. Rejects with `invalid` and the word that is nearest. */
export function choiceOf<Word extends string>(request: FastifyRequest, name: string, known: readonly Word[]): Word | undefined {
  const written = queryOf(request, name);
  if (written === undefined || written === '') return undefined;
  const found = known.find((word) => word === written);
  if (found !== undefined) return found;
  const near = nearestName(written, known);
  throw new Refusal('invalid', `query parameter ${name} is none that there is`, {
    status: 400,
    help: near === undefined ? `Use one of ${known.join(', ')}.` : `Did you mean ${near}?`,
  });
}

/** The text that is looked for, as it is compared. */
export function searchOf(request: FastifyRequest): string {
  return (queryOf(request, 'q') ?? '').toLowerCase();
}

/** Rejects with `invalid` (400) for a selector that cannot be read. */
export function labelsFilter(request: FastifyRequest): (labels: Labels) => boolean {
  const parsed = parseSelector(queryOf(request, 'labelSelector') ?? '');
  if (parsed.outcome === 'parsed') return selectorTest(parsed.selector);
  throw new Refusal('invalid', `labelSelector: ${parsed.message}`, { status: 400, help: 'Correct the selector.' });
}

export interface Sorting<Entry> {
  readonly nameOf: (entry: Entry) => string;
  /** What comes before the name; without it the entries are sorted by name already. */
  readonly rankOf?: ((entry: Entry) => number) | undefined;
  readonly pageSize: { readonly fallback: number; readonly max: number };
}

/** A page starts after a key, so entries that come and go move nothing; one whose rank changes meanwhile may come twice, or not. */
export function pageOfEntries<Entry>(
  request: FastifyRequest,
  entries: readonly Entry[],
  { nameOf, rankOf, pageSize }: Sorting<Entry>,
): { readonly page: readonly Entry[]; readonly total: number; readonly continue?: string } {
  const [afterRank, afterName] = (readPageToken(request, ['number', 'string']) ?? [-1, '']) as readonly [number, string];
  const rank = rankOf ?? (() => 0);
  const isAfter = (entry: Entry): boolean => rank(entry) > afterRank || (rank(entry) === afterRank && nameOf(entry) > afterName);
  const limit = countOf(request, 'limit', pageSize);
  const rest = entries.filter(isAfter);
  const page = (rankOf === undefined ? rest : byRank(rest, rank)).slice(0, limit);
  const last = page.at(-1);
  const total = entries.length;
  return last === undefined || page.length === rest.length
    ? { page, total }
    : { page, total, continue: pageToken(rank(last), nameOf(last)) };
}

/** Ranks are few and small, so that no comparison is needed; within a rank the order stays. */
function byRank<Entry>(entries: readonly Entry[], rankOf: (entry: Entry) => number): readonly Entry[] {
  const buckets: Entry[][] = [];
  for (const entry of entries) (buckets[rankOf(entry)] ??= []).push(entry);
  return buckets.flat();
}
