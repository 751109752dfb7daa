import { diffObject } from '@accord/core/drift/diff-object';
import { equalJson, isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import type { ObjectKey } from '@accord/proto/ids';
import { fieldManager, ownerLabel } from '@accord/proto/labels';
import { parseMeta } from '@accord/spoke/kube/parse-meta';
import { until, type FleetFixture } from './fleet-fixture.ts';

/** One value that a policy states, by its JSON pointer (RFC 6901). */
export interface Leaf {
  readonly pointer: string;
  readonly wanted: Json;
  /** An element of a list, which JSON patch writes with another word than a field. */
  readonly isElement: boolean;
  /** Somewhere inside a list, where elements may have moved. */
  readonly isInList: boolean;
}

export interface Edit {
  readonly leaf: Leaf;
  readonly how: 'changed' | 'removed';
}

/**
 * `refused` by the server, e.g. because the field cannot change; `same`: the server put the value back itself; `beside`: ours is back, and
 * the element that the edit made out of it is there as well; `told`: it is not healed, and the row says so of this very object; `silent`:
 * neither, which must not be.
 */
export type EditOutcome = 'healed' | 'refused' | 'same' | 'beside' | 'told' | 'silent';

const identity = new Set(['/apiVersion', '/kind', '/metadata/name', '/metadata/namespace']);

const ownerMark = `/metadata/labels/${escaped(ownerLabel)}`;

/** Every leaf of a manifest but its identity, with the mark of the policy that owns it. */
export function leavesOf(manifest: JsonObject, policy: string): readonly Leaf[] {
  const owner = { pointer: ownerMark, wanted: policy, isElement: false, isInList: false };
  return [...collect(manifest, ''), owner].filter(({ pointer }) => !identity.has(pointer));
}

/** Each leaf changed and taken away. Whoever takes the mark of the owner away takes the object out of the spoke's hands: see the test of that. */
export function editsOf(leaves: readonly Leaf[]): readonly Edit[] {
  const all = leaves.flatMap((leaf) => (['changed', 'removed'] as const).map((how) => ({ leaf, how })));
  return all.filter(({ leaf, how }) => how === 'changed' || leaf.pointer !== ownerMark);
}

function collect(value: Json, pointer: string, place = { isElement: false, isInList: false }): Leaf[] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((element, index) => collect(element as Json, `${pointer}/${index}`, { isElement: true, isInList: true }));
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([name, child]) => collect(child, `${pointer}/${escaped(name)}`, { ...place, isElement: false }));
  return [{ pointer, wanted: value, ...place }];
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Other values of the type, until the server takes one. Many fields are enumerations. */
function candidates(wanted: Json): readonly Json[] {
  if (typeof wanted === 'number') return [wanted + 1];
  if (typeof wanted === 'boolean') return [!wanted];
  if (Array.isArray(wanted)) return [[{}], ['x']];
  if (isObject(wanted)) return [{ matchLabels: { x: 'y' } }, { x: 'y' }];
  const others = ['Egress', 'Ingress', 'UDP', 'Pod', 'NodePort', 'Never', 'baseline', 'User', 'number', '600m', '50m', '9Gi'];
  return [`${String(wanted)}-x`, `${String(wanted)}x`, '7', ...others];
}

export interface EditedObject {
  readonly it: FleetFixture;
  readonly cluster: string;
  readonly policy: string;
  readonly key: ObjectKey;
  readonly path: string;
  readonly manifest: JsonObject;
}

/** Makes one edit as somebody in the cluster, and waits until the spoke has undone it. */
export async function editAndHeal(object: EditedObject, { leaf, how }: Edit): Promise<EditOutcome> {
  const { it, cluster, path, manifest } = object;
  const live = async (): Promise<JsonObject> => (await it.kube(cluster, 'GET', path)).body as JsonObject;
  const before = await live();
  const pointer = located(manifest, before, leaf.pointer);
  const replace = (value: Json) => ({ op: leaf.isElement ? 'replace' : 'add', path: pointer, value });
  const operations = how === 'removed' ? [{ op: 'remove', path: pointer }] : candidates(leaf.wanted).map(replace);
  let isTaken = false;
  for (const operation of operations) {
    const answer = await it.edit(cluster, 'somebody', path, [operation]);
    if (answer.status >= 300) continue;
    isTaken = true;
    // The answer shows the object as the edit left it, however fast it is healed.
    if (isAsWanted(object, leaf, answer.body as JsonObject)) continue;
    const isHealed = async (): Promise<boolean> => isAsWanted(object, leaf, await live());
    const isAsBefore = async (): Promise<boolean> => {
      const now = await live();
      return isAsWanted(object, leaf, now) && elementsIn(now) === elementsIn(before) && equalJson(claimsIn(now), claimsIn(before));
    };
    try {
      await until(leaf.pointer, isAsBefore, 10_000);
      return 'healed';
    } catch {
      if (await isHealed()) return 'beside';
      const outcome = (await isTold(object)) ? 'told' : 'silent';
      // The next edit of this object is to be judged by itself.
      await it.edit(cluster, 'somebody', path, [replace(leaf.wanted)]);
      await until(`${path} is as wanted`, isHealed);
      return outcome;
    }
  }
  return isTaken ? 'same' : 'refused';
}

/** Of all lists in what people write of an object. */
function elementsIn({ metadata: _metadata, status: _status, ...content }: JsonObject): number {
  const count = (value: Json): number => {
    if (typeof value !== 'object' || value === null) return 0;
    const inside = Object.values(value as Readonly<Record<string, Json>>).map(count);
    return (Array.isArray(value) ? value.length : 0) + inside.reduce((sum, number) => sum + number, 0);
  };
  return count(content);
}

/** What the spoke owns: a heal in several requests is over when it owns what it did before, and that alone. */
function claimsIn(object: JsonObject): Json {
  const entries = parseMeta(object).meta.managedFields.filter(({ manager }) => manager === fieldManager);
  return entries.map(({ operation, fieldsV1 }) => ({ operation, fieldsV1 }));
}

async function isTold({ it, policy, key }: EditedObject): Promise<boolean> {
  return (await it.rows(policy)).some(({ problems }) => problems.some(({ object, state }) => object === key && state === 'Failed'));
}

/** Where the leaf is now: an edit may have left an element behind that was not there before. */
function located(manifest: JsonObject, live: JsonObject, pointer: string): string {
  const steps: string[] = [];
  const at: { wanted: Json | undefined; live: Json | undefined } = { wanted: manifest, live };
  for (const step of pointer.slice(1).split('/')) {
    at.wanted = memberOf(at.wanted, step);
    const place = placeOf(memberOf(at.wanted, 'name'), at.live) ?? step;
    steps.push(place);
    at.live = memberOf(at.live, place);
  }
  return `/${steps.join('/')}`;
}

/** The index of the element with this name, where there is such a list. */
function placeOf(name: Json | undefined, list: Json | undefined): string | undefined {
  if (name === undefined || !Array.isArray(list)) return undefined;
  const index = (list as readonly Json[]).findIndex((element) => memberOf(element, 'name') === name);
  return index < 0 ? undefined : String(index);
}

/** The leaf has exactly the wanted value, and nothing else that is wanted differs; the mark of the owner counts as well. */
function isAsWanted({ manifest }: EditedObject, { pointer, wanted, isInList }: Leaf, live: JsonObject): boolean {
  const value = valueOf(live, pointer);
  const isLeaf = isInList || (value === undefined ? isEmpty(wanted) : equalJson(value, wanted));
  return isLeaf && diffObject(manifest, live).length === 0;
}

function valueOf(object: Json, pointer: string): Json | undefined {
  return pointer.slice(1).split('/').reduce<Json | undefined>(memberOf, object);
}

function memberOf(value: Json | undefined, step: string): Json | undefined {
  const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, Json>>)[key] : undefined;
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
