import type { JsonObject } from '@accord/proto/canonical';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import { podSecurityLevels } from '@accord/proto/policy';
import type { CompiledObject } from '../policy/compile-object.ts';
import { objectAt, textAt } from '../policy/manifest.ts';

interface Wish {
  readonly policy: PolicyName;
  readonly object: CompiledObject;
}

/** A policy asked for a lower Pod Security level than another one: its author is told. */
export interface Weaker {
  readonly policy: PolicyName;
  readonly key: ObjectKey;
  readonly mode: string;
  readonly wanted: string;
  readonly holds: string;
  readonly by: PolicyName;
}

const podSecurity = 'pod-security.kubernetes.io/';
const modes = ['enforce', 'audit', 'warn'];

/**
 * One namespace out of what several policies say of it, best rank first.
 *
 * Labels and annotations are a union in which the better rank wins; Pod Security takes the stricter level, whoever asks for it.
 */
export function mergeNamespaces(ranked: readonly Wish[]): { readonly manifest: JsonObject; readonly weaker: readonly Weaker[] } {
  const labels = union(ranked, 'labels', (key) => !isPodSecurity(key));
  const annotations = union(ranked, 'annotations', () => true);
  const security = modes.map((mode) => strictest(ranked, mode));
  const allLabels = { ...labels, ...Object.fromEntries(security.flatMap((found) => Object.entries(found?.labels ?? {}))) };
  const first = ranked[0]?.object.manifest ?? {};
  const { labels: _labels, annotations: _annotations, ...metadata } = objectAt(first, 'metadata');
  const manifest = {
    ...first,
    metadata: {
      ...metadata,
      ...(Object.keys(allLabels).length > 0 && { labels: allLabels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
  };
  return { manifest, weaker: security.flatMap((found) => found?.weaker ?? []) };
}

function isPodSecurity(key: string): boolean {
  return modes.some((mode) => key === `${podSecurity}${mode}` || key === `${podSecurity}${mode}-version`);
}

function union(ranked: readonly Wish[], field: 'labels' | 'annotations', isTaken: (key: string) => boolean): JsonObject {
  const worstFirst = ranked.toReversed().flatMap(({ object }) => Object.entries(objectAt(object.manifest, 'metadata', field)));
  return Object.fromEntries(worstFirst.filter(([key]) => isTaken(key)));
}

function strictest(ranked: readonly Wish[], mode: string): { readonly labels: JsonObject; readonly weaker: readonly Weaker[] } | undefined {
  const key = `${podSecurity}${mode}`;
  const wishes = ranked
    .map((wish) => ({
      ...wish,
      level: textAt(wish.object.manifest, 'metadata', 'labels', key),
      version: textAt(wish.object.manifest, 'metadata', 'labels', `${key}-version`),
    }))
    .filter(({ level }) => level !== '');
  const best = Math.max(...wishes.map(({ level }) => strictness(level)));
  const holders = wishes.filter(({ level }) => strictness(level) === best);
  const [holder] = holders;
  if (holder === undefined) return undefined;
  // A level belongs to a version of the standard, so the two are taken from policies that want this level.
  const version = holders.find((wish) => wish.version !== '')?.version;
  const weaker = wishes
    .filter(({ level }) => strictness(level) < best)
    .map(({ policy, object, level }) => ({ policy, key: object.key, mode, wanted: level, holds: holder.level, by: holder.policy }));
  return { labels: { [key]: holder.level, ...(version !== undefined && { [`${key}-version`]: version }) }, weaker };
}

function strictness(level: string): number {
  return podSecurityLevels.findIndex((known) => known === level);
}
