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

interface WireList {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly JsonObject[];
}

/** As in client-go: large enough for few requests, small enough for little memory on both sides. */
const pageSize = '500';

/** Reads all pages and gives out each object. Returns the version of the whole list, or the refusal; rejects with `garbage`. */
export async function listPages(
  { transport, kind, selection, accept }: Listing,
  signal: AbortSignal,
  onObject: (object: JsonObject) => void,
): Promise<{ readonly resourceVersion: string } | HttpAnswer> {
  const { namespace, ...selectors } = selection;
  let next: string | undefined;
  for (;;) {
    const query = renderQuery({ ...selectors, limit: pageSize, continue: next });
    const answer = await transport.send({ method: 'GET', path: collectionPath(kind, namespace) + query, accept }, signal);
    if (answer.status !== 200) return answer;
    if (!isList(answer.body))
      throw new CodedError('garbage', `list ${kind.resource}: the API server answered with something that is no list`);
    const { metadata, items } = answer.body;
    for (const object of items) onObject(object);
    next = metadata.continue;
    if (next === undefined || next === '') return { resourceVersion: metadata.resourceVersion };
  }
}

/** The first objects and no more; how many, the caller says. The refusal, or rejects with `garbage`. */
export async function firstOf(
  { transport, kind, selection: { namespace }, accept }: Listing,
  limit: number,
  signal: AbortSignal,
): Promise<readonly JsonObject[] | HttpAnswer> {
  const path = collectionPath(kind, namespace) + renderQuery({ limit: String(limit) });
  const answer = await transport.send({ method: 'GET', path, accept }, signal);
  if (answer.status !== 200) return answer;
  if (isEmptyOfMetadata(answer.body)) return [];
  if (!isList(answer.body))
    throw new CodedError('garbage', `list ${kind.resource}: the API server answered with something that is no list`);
  return answer.body.items;
}

/** Of metadata alone, kube-apiserver writes a list without objects as `items: null`; nothing else of it may be missing. */
function isEmptyOfMetadata(body: unknown): boolean {
  const { kind, items, metadata } = asRecord(body) ?? {};
  return kind === 'PartialObjectMetadataList' && items === null && typeof asRecord(metadata)?.['resourceVersion'] === 'string';
}

/** An answer that only looks like an empty list would make everything look gone. */
function isList(body: unknown): body is WireList {
  const items = asRecord(body)?.['items'];
  return (
    asRecord(asRecord(body)?.['metadata']) !== undefined && Array.isArray(items) && items.every((item) => asRecord(item) !== undefined)
  );
}
