import { equalJson, type Json } from '@accord/proto/canonical';
import * as z from 'zod';
import type { Answer, HubClient } from './hub-client.ts';
import { collectionPath, objectPath } from './objects/kinds.ts';
import type { WrittenObject } from './objects/parse-objects.ts';
import { readAs } from './read-as.ts';
import { escapeControls } from './render/escape-controls.ts';

/** What the hub made of a write. */
export interface Written {
  readonly outcome: 'created' | 'configured' | 'unchanged';
  /** `team-payments@42`; empty when nothing changed. */
  readonly change: string;
  readonly revision: number;
  /** What the hub left out or wonders about. */
  readonly warnings: readonly string[];
}

const storedSchema = z.object({
  metadata: z.object({ generation: z.number().default(0), labels: z.json().optional(), annotations: z.json().optional() }),
  spec: z.json().default({}),
});

/** Replaces the object, or creates it. Rejects with what the hub refuses it for. */
export async function putObject(
  hub: HubClient,
  { kind, name, body }: Pick<WrittenObject, 'kind' | 'name' | 'body'>,
  dryRun: boolean,
  reason?: string,
): Promise<Written> {
  const path = objectPath(kind, name);
  const before = await hub.ask(path);
  const query = { fieldManager: 'accord', dryRun: dryRun ? 'All' : undefined };
  const answer = await hub.send(path, { method: 'PUT', body, query, reason });
  const stored = storedBy(path, answer);
  const unchanged = before.status === 200 && equalJson(contentOf(path, before.body), contentOf(path, answer.body));
  return {
    ...stored,
    outcome: answer.status === 201 || before.status === 404 ? 'created' : unchanged ? 'unchanged' : 'configured',
    change: unchanged ? '' : stored.change,
  };
}

/** What people can write of an object, as the hub has it (undefined: it has none) and as it would have it. Nothing is stored. Rejects as `putObject`. */
export async function wouldWrite(
  hub: HubClient,
  { kind, name, body }: Pick<WrittenObject, 'kind' | 'name' | 'body'>,
): Promise<{ readonly before: Json | undefined; readonly after: Json; readonly warnings: readonly string[] }> {
  const path = objectPath(kind, name);
  const before = await hub.ask(path);
  const answer = await hub.send(path, { method: 'PUT', body, query: { fieldManager: 'accord', dryRun: 'All' } });
  return {
    before: before.status === 200 ? contentOf(path, before.body) : undefined,
    after: contentOf(path, answer.body),
    warnings: storedBy(path, answer).warnings,
  };
}

/** Creates the object. Rejects with `exists` where one of that name is. */
export async function createObject(hub: HubClient, { kind, body }: Pick<WrittenObject, 'kind' | 'body'>, reason: string): Promise<Stored> {
  const path = collectionPath(kind);
  return storedBy(path, await hub.send(path, { method: 'POST', body, reason, query: { fieldManager: 'accord' } }));
}

/** Changes some fields of an object by a JSON merge patch; a null takes a field away. */
export async function patchObject(hub: HubClient, { kind, name }: Pick<WrittenObject, 'kind' | 'name'>, body: object): Promise<Stored> {
  const path = objectPath(kind, name);
  return storedBy(path, await hub.send(path, { method: 'PATCH', contentType: 'application/merge-patch+json', body }));
}

type Stored = Omit<Written, 'outcome'>;

/** What the answer to any write says. */
function storedBy(path: string, { headers, body }: Answer): Stored {
  return {
    change: escapeControls(headers.get('accord-change') ?? ''),
    revision: readAs(path, storedSchema, body).metadata.generation,
    warnings: warningsOf(headers.get('warning')),
  };
}

/** What people can write: where it is equal nothing changed. */
function contentOf(path: string, body: unknown): Json {
  const { metadata, spec } = readAs(path, storedSchema, body);
  const { labels = {}, annotations = {} } = metadata;
  return { metadata: { labels, annotations }, spec };
}

/** Texts of the header, RFC 9111 §5.5: `299 - "text"`, several joined by commas. */
export function warningsOf(header: string | null): readonly string[] {
  return [...(header ?? '').matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    escapeControls(text.replace(/\\(.)/g, '$1')),
  );
}
