import type { JsonObject } from '@accord/proto/canonical';
import { keyParts, objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { allowLabel, ownerLabel } from '@accord/proto/labels';
import type { NamespaceSelector } from '@accord/proto/selector';
import { matchNamespace } from '../labels/match-namespace.ts';
import type { Labels } from '../labels/match-selector.ts';
import type { CompiledObject } from '../policy/compile-object.ts';
import { objectAt } from '../policy/manifest.ts';
import { protectedNamespaces } from '../policy/protected-namespaces.ts';

/** As much of a namespace of the cluster as decides what policies make in it. */
export interface ClusterNamespace {
  readonly name: string;
  readonly labels: Labels;
  readonly isTerminating: boolean;
}

/** A policy whose entries make more objects than this on one cluster is not applied there, whatever its owner would let policies hold. */
export const fanOutMax = 20_000;

/**
 * What a namespace is to a selector. `closed`: selected, but no policy manages it and its owner has not opened it. `going`: it is being
 * deleted or is gone, and takes what is in it along.
 */
export type NamespaceStanding = 'in' | 'closed' | 'out' | 'going';

export function standingOf(selector: NamespaceSelector | undefined, namespace: ClusterNamespace | undefined): NamespaceStanding {
  if (namespace === undefined || namespace.isTerminating) return 'going';
  const { name, labels } = namespace;
  if (protectedNamespaces.includes(name) || !matchNamespace(selector, name, labels)) return 'out';
  return isOpenNamespace(namespace) ? 'in' : 'closed';
}

/** Whether policies may write into it: one of them manages it, or its owner has opened it. */
export function isOpenNamespace({ labels }: ClusterNamespace): boolean {
  return labels[ownerLabel] !== undefined || labels[allowLabel] === 'true';
}

export interface FanOut {
  readonly outcome: 'made';
  readonly objects: readonly CompiledObject[];
  /** The entries of which there is one in each namespace, by their keys without one. */
  readonly entries: ReadonlySet<ObjectKey>;
  /** Namespaces that are selected, and in which policies may not act. */
  readonly leftOut: number;
}

export interface FanOutInput {
  readonly policy: PolicyName;
  readonly selector: NamespaceSelector | undefined;
  /** Whether the cluster's owner lets policies act in a namespace. */
  readonly isAllowed: (namespace: string) => boolean;
  /** With the entries for each namespace. */
  readonly objects: readonly CompiledObject[];
}

/**
 * Makes the objects of the entries that stand for one in each namespace. An object that names its namespace itself stands before one
 * that is made so. Equal input in any order gives an equal list.
 */
export function fanOut(
  { policy, selector, isAllowed, objects }: FanOutInput,
  namespaces: Iterable<ClusterNamespace>,
): FanOut | { readonly outcome: 'too-many'; readonly count: number } {
  const entries = objects.filter(({ isEach }) => isEach === true);
  const single = objects.filter(({ isEach }) => isEach !== true);
  const named = new Set(single.map(({ key }) => key));
  // Once it has been given back nothing in it can be removed any more, so that what was made in it has to leave before.
  const isGivenBack = ({ name, labels }: ClusterNamespace): boolean =>
    labels[ownerLabel] === policy && labels[allowLabel] !== 'true' && !named.has(objectKey('', 'Namespace', undefined, name));
  const names: string[] = [];
  let leftOut = 0;
  for (const namespace of namespaces) {
    const standing = isGivenBack(namespace) ? 'out' : standingOf(selector, namespace);
    if (standing === 'in' && isAllowed(namespace.name)) names.push(namespace.name);
    else if (standing === 'in' || standing === 'closed') leftOut += 1;
  }
  const count = entries.length * names.length;
  if (count > fanOutMax) return { outcome: 'too-many', count };
  names.sort();
  const made = entries.flatMap((entry) => names.map((name) => inNamespace(entry, name))).filter(({ key }) => !named.has(key));
  return { outcome: 'made', objects: [...single, ...made], entries: new Set(entries.map(({ key }) => key)), leftOut };
}

function inNamespace({ isEach: _each, ...entry }: CompiledObject, namespace: string): CompiledObject {
  const metadata: JsonObject = { ...objectAt(entry.manifest, 'metadata'), namespace };
  const key = objectKey(entry.group, entry.kind, namespace, entry.name);
  return { ...entry, key, namespace, manifest: { ...entry.manifest, metadata } };
}

/** The key of the entry that an object would be of, and its namespace. */
export function entryOf(key: ObjectKey): { readonly entry: ObjectKey; readonly namespace: string } {
  const { group, kind, namespace, name } = keyParts(key);
  return { entry: objectKey(group, kind, undefined, name), namespace };
}
