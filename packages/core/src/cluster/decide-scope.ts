import { draft, type Draft } from '../registry/draft.ts';
import type { Registry } from '../registry/registry.ts';

/** Writes down how far the key that signs tokens of spokes is replaced: by which, or that it is. Nothing where that is written already. */
export function decideScopeNoted({ epoch: current }: Registry, next: string | undefined): readonly Draft[] {
  if (current === undefined || current.body.nextScopeKey === next) return [];
  const { nextScopeKey: _before, ...rest } = current.body;
  const [type, body] =
    next === undefined ? (['ScopeKeyReplaced', rest] as const) : (['ScopeKeyAdded', { ...rest, nextScopeKey: next }] as const);
  return [draft('fleet', 'epoch', type, body, current.seq, 'key/spokes-scope')];
}
