import * as z from 'zod';
import type { HubClient } from './hub-client.ts';
import { readAs } from './read-as.ts';

/** An object as the hub sent it, for output that is read back. */
export type RawObject = Readonly<Record<string, unknown>>;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().default(''), continue: z.string().optional() }).prefault({}),
  items: z.array(z.record(z.string(), z.unknown())),
});

/** Every page of a list, with the version at which a watch goes on. */
export async function readRawList(
  hub: HubClient,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly items: readonly RawObject[]; readonly resourceVersion: string }> {
  const items: RawObject[] = [];
  for (let next: string | undefined; ;) {
    const { body } = await hub.send(path, { query: { ...query, limit: '500', continue: next } });
    const page = readAs(`${hub.url}${path}`, listSchema, body);
    items.push(...page.items);
    next = page.metadata.continue || undefined;
    if (next === undefined) return { items, resourceVersion: page.metadata.resourceVersion };
  }
}
