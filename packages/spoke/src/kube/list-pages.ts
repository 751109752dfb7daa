import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { asRecord } from './as-record.ts';
import type { KindRef, Selection } from './kube.ts';
import { collectionPath, renderQuery } from './object-path.ts';
import type { HttpAnswer, Transport } from './transport.ts';

export interface Listing {
  readonly transport: Pick<Transport, 'send'>;
  readonly kind: KindRef;
  readonly selection: Selection;
  readonly accept: string;
}

interface Page {
  readonly resourceVersion: string;
  /** Empty or missing on the last page. */
  readonly continue?: string;
  readonly items: readonly JsonObject[];
}

/** As in client-go: large enough for few requests, small enough for little memory on both sides. */
const pageSize = '500';

/** Reads all pages and gives out each object. Returns the version of the whole list, or the refusal; rejects with `garbage`. */
export async function listPages(
  listing: Listing,
  signal: AbortSignal,
  onObject: (object: JsonObject) => void,
): Promise<{ readonly resourceVersion: string } | HttpAnswer> {
  const { labelSelector, fieldSelector } = listing.selection;
  let next: string | undefined;
  for (;;) {
    const page = await readPage(listing, { labelSelector, fieldSelector, limit: pageSize, continue: next }, signal);
    if ('status' in page) return page;
    for (const object of page.items) onObject(object);
    next = page.continue;
    if (next === undefined || next === '') return { resourceVersion: page.resourceVersion };
  }
}

/** The first objects and no more; how many, the caller says. The refusal, or rejects with `garbage`. */
export async function firstOf(listing: Listing, limit: number, signal: AbortSignal): Promise<readonly JsonObject[] | HttpAnswer> {
  const page = await readPage(listing, { limit: String(limit) }, signal);
  return 'status' in page ? page : page.items;
}

async function readPage(
  { transport, kind, selection, accept }: Listing,
  query: Parameters<typeof renderQuery>[0],
  signal: AbortSignal,
): Promise<Page | HttpAnswer> {
  const path = collectionPath(kind, selection.namespace) + renderQuery(query);
  const answer = await transport.send({ method: 'GET', path, accept }, signal);
  if (answer.status !== 200) return answer;
  const page = pageOf(answer.body);
  if (page === undefined) throw new CodedError('garbage', `list ${kind.resource}: the API server answered with something that is no list`);
  return page;
}

/** An answer that only looks like an empty list would make everything look gone. */
function pageOf(body: unknown): Page | undefined {
  const { kind, items, metadata } = asRecord(body) ?? {};
  const meta = asRecord(metadata) as Omit<Page, 'items'> | undefined;
  if (meta === undefined) return undefined;
  // Of metadata alone, kube-apiserver writes a list without objects as `items: null`; nothing else of it may be missing.
  if (kind === 'PartialObjectMetadataList' && items === null && typeof meta.resourceVersion === 'string') return { ...meta, items: [] };
  const isList = Array.isArray(items) && items.every((item) => asRecord(item) !== undefined);
  return isList ? { ...meta, items: items as JsonObject[] } : undefined;
}
