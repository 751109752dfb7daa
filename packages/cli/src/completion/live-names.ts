import { setTimeout as sleep } from 'node:timers/promises';
import { changesSchema } from '@accord/proto/api-history';
import { CodedError } from '@accord/proto/coded-error';
import * as z from 'zod';
import type { HubClient } from '../hub-client.ts';
import { collectionPath } from '../objects/kinds.ts';

export type NameKind = 'policies' | 'clusters' | 'changes' | 'revisions';
export type LiveNames = Readonly<Record<NameKind, readonly string[]>>;

const noNames: LiveNames = { policies: [], clusters: [], changes: [], revisions: [] };

const pageSize = '500';

const namedSchema = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** Names of these kinds as the hub has them now, the first of many; none where it does not answer within `waitMs`, whatever the reason. */
export async function readLiveNames(hub: () => HubClient, wanted: ReadonlySet<NameKind>, waitMs: number): Promise<LiveNames> {
  if (wanted.size === 0) return noNames;
  const over = new AbortController();
  try {
    return await Promise.race([readNames(hub(), wanted), sleep(waitMs, noNames, { signal: over.signal })]);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return noNames;
  } finally {
    over.abort();
  }
}

async function readNames(hub: HubClient, wanted: ReadonlySet<NameKind>): Promise<LiveNames> {
  const objects = async (kind: 'ClusterPolicy' | 'Cluster', isWanted: boolean): Promise<readonly string[]> => {
    if (!isWanted) return [];
    const { items } = await hub.read(collectionPath(kind), namedSchema, { query: { limit: pageSize } });
    return items.map(({ metadata }) => metadata.name).filter(isPlain);
  };
  const takesChanges = wanted.has('changes') || wanted.has('revisions');
  const [policies, clusters, changes] = await Promise.all([
    objects('ClusterPolicy', wanted.has('policies')),
    objects('Cluster', wanted.has('clusters')),
    takesChanges ? hub.read('/v1/changes', changesSchema) : undefined,
  ]);
  const ids = (changes?.items ?? []).map(({ id }) => id).filter(isPlain);
  return { policies, clusters, changes: ids, revisions: ids.filter((id) => /^[^/]+@\d+$/.test(id)) };
}

/** What a shell could expand or obey is not offered: nobody has typed it, and it would be on the command line. */
function isPlain(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._@/-]*$/.test(name);
}
