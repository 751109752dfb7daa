import { canonicalJson, hex, sha256, type JsonObject } from '@accord/proto/canonical';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import {
  contributorsAnnotation,
  deletionAnnotation,
  ifCreatedDeletion,
  ifEmptyDeletion,
  matchAnnotation,
  ownerLabel,
} from '@accord/proto/labels';
import type { CompiledObject } from '../policy/compile-object.ts';
import { groupKindOf, namespaceKind, objectAt } from '../policy/manifest.ts';
import { grantEndMs } from '../policy/grant-end.ts';
import type { Intent } from './intent.ts';
import { mergeNamespaces, type Weaker } from './merge-namespaces.ts';

/** One policy's wish for one object. */
export interface Contribution {
  readonly policy: PolicyName;
  readonly priority: number;
  readonly createdAtMs: number;
  readonly object: CompiledObject;
}

export interface Shadowed {
  readonly policy: PolicyName;
  readonly key: ObjectKey;
  readonly owner: PolicyName;
}

export interface Merged {
  /** By stage, order and key. */
  readonly intents: readonly Intent[];
  /** Wishes that another policy overrules. */
  readonly shadowed: readonly Shadowed[];
  /** Pod Security levels that a stricter one of another policy overrules. */
  readonly weaker: readonly Weaker[];
}

/**
 * Forms exactly one intent per object, whatever the order in which the wishes come.
 *
 * Namespaces are merged; equal content is shared; anything else belongs to one policy: the higher priority, then the older, then the name.
 */
export function mergeIntents(contributions: Iterable<Contribution>): Merged {
  const groups = Map.groupBy(contributions, ({ object }) => object.key);
  const merged = [...groups.values()].map((group) => mergeOne(group.toSorted(byRank)));
  return {
    intents: merged.map(({ intent }) => intent).toSorted((a, b) => a.stage - b.stage || a.order - b.order || compareText(a.key, b.key)),
    shadowed: merged.flatMap(({ shadowed }) => shadowed).toSorted((a, b) => compareText(a.policy, b.policy) || compareText(a.key, b.key)),
    weaker: merged
      .flatMap(({ weaker }) => weaker)
      .toSorted((a, b) => compareText(a.policy, b.policy) || compareText(a.key, b.key) || compareText(a.mode, b.mode)),
  };
}

/** Higher priority, then older, then name. */
function byRank(a: Contribution, b: Contribution): number {
  return b.priority - a.priority || a.createdAtMs - b.createdAtMs || compareText(a.policy, b.policy);
}

interface MergedObject {
  readonly intent: Intent;
  readonly shadowed: readonly Shadowed[];
  readonly weaker: readonly Weaker[];
}

function mergeOne(ranked: readonly Contribution[]): MergedObject {
  const [first] = ranked;
  if (first === undefined) throw new TypeError('a group of contributions has at least one');
  if (groupKindOf(first.object.manifest) === namespaceKind) {
    const { manifest, weaker } = mergeNamespaces(ranked);
    return { intent: intentOf(first, ranked, manifest), shadowed: [], weaker };
  }
  // Nearly every object is wanted by one policy: then nothing is compared.
  const content = ranked.length > 1 ? canonicalJson(first.object.manifest) : '';
  const sharing = ranked.filter((wish) => wish === first || canonicalJson(wish.object.manifest) === content);
  const shadowed = ranked
    .filter((wish) => !sharing.includes(wish))
    .map(({ policy, object: { key } }) => ({ policy, key, owner: first.policy }));
  return { intent: intentOf(first, sharing, first.object.manifest), shadowed, weaker: [] };
}

function intentOf({ policy: owner, object }: Contribution, sharing: readonly Contribution[], manifest: JsonObject): Intent {
  const contributors = sharing.map(({ policy }) => policy).toSorted(compareText);
  // A grant with an end is never given back, whatever its policy says: nobody would end it any more.
  const retain = grantEndMs(manifest) === undefined && sharing.some((wish) => wish.object.deletion === 'retain');
  const deletion = retain ? 'retain' : deletionOf(sharing);
  const marks = { owner, contributors, deletion, isExact: object.isExact === true };
  const { yielding } = object;
  // A merged Namespace is another manifest each time.
  const { body, digest } = manifest === object.manifest ? wishedAs(object, marks) : bodyOf(manifest, marks, yielding);
  return {
    key: object.key,
    owner,
    contributors,
    stage: object.stage,
    order: object.order,
    retain,
    ...(sharing.every((wish) => wish.object.isCreateOnly) && { isCreateOnly: true as const }),
    body,
    ...(yielding && { yielding }),
    ...(object.isExact && { isExact: object.isExact }),
    digest,
  };
}

type Body = Pick<Intent, 'body' | 'digest'>;

function bodyOf(manifest: JsonObject, marks: Marks, yielding: Intent['yielding']): Body {
  const body = marked(manifest, marks);
  return { body, digest: hex(sha256(canonicalJson(yielding === undefined ? body : { body, yielding: { ...yielding } }))) };
}

/** What became of a wish last, and under which marks: from one pass to the next both are mostly the same. */
const wished = new WeakMap<CompiledObject, Body & { readonly under: string }>();

function wishedAs(object: CompiledObject, marks: Marks): Body {
  const under = JSON.stringify(marks);
  const known = wished.get(object);
  if (known?.under === under) return known;
  const made = { ...bodyOf(object.manifest, marks, object.yielding), under };
  wished.set(object, made);
  return made;
}

interface Marks {
  readonly owner: PolicyName;
  readonly contributors: readonly PolicyName[];
  /** The word for the annotation, where there is one. */
  readonly deletion: string | undefined;
  readonly isExact: boolean;
}

/** What one of them wants kept from others in it, no other may take along. */
function deletionOf(sharing: readonly Contribution[]): string | undefined {
  if (sharing.some((wish) => wish.object.deletion === 'ifEmpty')) return ifEmptyDeletion;
  return sharing.some((wish) => wish.object.deletion === 'ifCreated') ? ifCreatedDeletion : undefined;
}

/** What has to be known when the policy is gone stands on the object itself. */
function marked(manifest: JsonObject, { owner, contributors, deletion, isExact }: Marks): JsonObject {
  const metadata = objectAt(manifest, 'metadata');
  const labels = { ...objectAt(metadata, 'labels'), [ownerLabel]: owner };
  const annotations = {
    ...objectAt(metadata, 'annotations'),
    ...(contributors.length < 2 ? {} : { [contributorsAnnotation]: contributors.join(',') }),
    ...(deletion === undefined ? {} : { [deletionAnnotation]: deletion }),
    ...(isExact ? { [matchAnnotation]: 'MustOnlyHave' } : {}),
  };
  return { ...manifest, metadata: { ...metadata, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) } };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
