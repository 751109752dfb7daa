import { draft, type Draft } from '../registry/draft.ts';
import type { EpochFact } from '../registry/facts.ts';
import type { Registry } from '../registry/registry.ts';

/** Writes down how far a key of the hub is replaced: by which, or that it is. Nothing where that is written already. */
export function decideHubKeyNoted({ epoch: current }: Registry, name: string, next: string | undefined): readonly Draft[] {
  if (current === undefined || current.body.nextKeys?.[name] === next) return [];
  const { nextKeys = {}, ...rest } = current.body;
  const { [name]: _before, ...others } = nextKeys;
  const now = { ...others, ...(next !== undefined && { [name]: next }) };
  const body: EpochFact = { ...rest, ...(Object.keys(now).length > 0 && { nextKeys: now }) };
  return [draft('fleet', 'epoch', next === undefined ? 'HubKeyReplaced' : 'HubKeyAdded', body, current.seq, `key/${name}`)];
}
