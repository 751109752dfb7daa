import type { RestClient } from './rest-client.ts';
import { Sightings } from './sightings.ts';

export interface SeenObject {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion: string };
    readonly [field: string]: unknown;
  };
}

const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

interface Collection {
  readonly path: string;
  readonly content: 'metadata' | 'whole';
}

/** The bench's own watch of one collection, from now on. Independent of what the spoke sees or says. */
export async function watchObjects(client: RestClient, collection: Collection, signal: AbortSignal): Promise<Sightings<SeenObject>> {
  const seen = new Sightings<SeenObject>();
  await followObjects(client, collection, (object) => seen.see(object), signal);
  return seen;
}

/** The same for whoever wants every event. */
export async function followObjects(
  client: RestClient,
  { path, content }: Collection,
  onSeen: (seen: SeenObject) => void,
  signal: AbortSignal,
): Promise<void> {
  const accept = content === 'metadata' ? metadataOnly : 'application/json';
  const listed = (await client.require({ method: 'GET', path: `${path}?limit=1` })) as { metadata: { resourceVersion: string } };
  const query = `?watch=true&resourceVersion=${listed.metadata.resourceVersion}`;
  await client.lines({ path: path + query, accept }, (line) => line !== '' && onSeen(JSON.parse(line) as SeenObject), signal);
}
