/**
 * Syntax of Kubernetes labels and of the marks that Accord sets.
 *
 * Source: Kubernetes documentation, "Labels and Selectors", syntax and character set.
 */
import { isDnsLabel } from './ids.ts';

export const labelsPerClusterMax = 64;

/** Label on every object of ours: the policy that owns it. */
export const ownerLabel = 'accord.dev/policy';
/** Annotation: all contributors, when there is more than one. */
export const contributorsAnnotation = 'accord.dev/policies';
/** Annotation: `Created` or `Adopted`. */
export const originAnnotation = 'accord.dev/origin';
/** Annotation: SHA-256 of the canonical intent without this annotation. */
export const appliedHashAnnotation = 'accord.dev/applied-hash';
/** Annotation of a mirror: the signed statement, base64. */
export const statementAnnotation = 'accord.dev/statement';
/** Annotation: `MustOnlyHave` where the maps of an object hold nothing but what the policy says. */
export const matchAnnotation = 'accord.dev/match';
/** Annotation on a binding: when the grant ends, RFC 3339. The spoke takes it away then, whatever else it knows. */
export const untilAnnotation = 'accord.dev/until';
/** Annotation by whoever may edit an object or its Namespace: until then it stays as it is, RFC 3339. */
export const holdUntilAnnotation = 'accord.dev/hold-until';
/** Annotation beside it: why, for people. */
export const holdReasonAnnotation = 'accord.dev/hold-reason';
/** Annotation by the owner of an object: it may be adopted. */
export const adoptableAnnotation = 'accord.dev/adoptable';
/** Annotation by the owner of an object: a policy that says it must not exist may delete it. */
export const deletableAnnotation = 'accord.dev/deletable';
/** Annotation by whoever may edit: keep it when the policy goes. Not honoured on RBAC kinds. */
export const deletionAnnotation = 'accord.dev/deletion';
/** Its value on a Namespace that goes with its policy when nothing is left in it. Without it the API server lets the spoke delete none. */
export const ifEmptyDeletion = 'DeleteIfEmpty';
/** Its value on a Namespace that goes with everything in it, once a person has confirmed that. */
export const ifCreatedDeletion = 'DeleteIfCreated';
/** Label by the owner of a namespace that no policy manages: policies may put objects into it. */
export const allowLabel = 'accord.dev/allow';
/** Annotation of the Secret with the spoke's key: its fingerprint, to be compared before the cluster is let in. */
export const fingerprintAnnotation = 'accord.dev/fingerprint';
/** In Secret `accord-spoke-credential`, written by the owner of the cluster: fingerprint of the only key of the hub that is to be believed. */
export const pinField = 'hub-key';
/** Reserved registry label: the cluster's name. Set by the hub alone. */
export const nameLabel = 'accord.dev/name';
/** Prefix of the registry labels of cluster sets: `set.accord.dev/<set>: ""`. */
export const setLabelPrefix = 'set.accord.dev/';
/** Where a cluster is that names no set of its own. */
export const defaultSet = 'default';
/** Sets of one cluster: each is a subscription of its spoke and a line in its permissions. */
export const setsPerClusterMax = 16;
/** Field manager of every apply; its status writes use `accord-status`. */
export const fieldManager = 'accord';
export const statusFieldManager = 'accord-status';

const name = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const prefix = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Says what is wrong with a label key, or undefined. */
export function labelKeyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const [before, after] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (before !== undefined && (before.length > 253 || !prefix.test(before)))
    return `prefix "${before}" must be a DNS subdomain of at most 253 characters`;
  if (!name.test(after)) return 'name must be 1 to 63 letters, digits, "-", "_" or ".", with a letter or digit at both ends';
  return undefined;
}

/** Says what is wrong with a label value, or undefined. Empty is allowed. */
export function labelValueFault(value: string): string | undefined {
  return value === '' || name.test(value)
    ? undefined
    : 'must be empty or 1 to 63 letters, digits, "-", "_" or ".", with a letter or digit at both ends';
}

/** The sets that labels name, sorted. */
export function setsOf(labels: Readonly<Record<string, string>>): readonly string[] {
  const named = Object.keys(labels).filter((key) => key.startsWith(setLabelPrefix));
  return named.map((key) => key.slice(setLabelPrefix.length)).toSorted();
}

/** Labels as they are stored: to be in the default set alone is not said, since that is where every cluster is. */
export function withoutDefaultSet(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [only, ...others] = setsOf(labels);
  if (only !== defaultSet || others.length > 0) return labels;
  const { [`${setLabelPrefix}${defaultSet}`]: _default, ...rest } = labels;
  return rest;
}

/** Labels as placement and the cluster itself see them: with its name, and in the default set where they name none. */
export function withHubLabels(cluster: string, labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const inDefault = setsOf(labels).length === 0 ? { [`${setLabelPrefix}${defaultSet}`]: '' } : {};
  return { ...labels, [nameLabel]: cluster, ...inDefault };
}

/** Says what is wrong with a label of a cluster set, or undefined; also for other labels. */
export function setLabelFault(key: string, value: string): string | undefined {
  if (!key.startsWith(setLabelPrefix)) return undefined;
  if (value !== '') return 'a set has no value: leave it empty, as in set.accord.dev/shops=';
  return isDnsLabel(key.slice(setLabelPrefix.length))
    ? undefined
    : 'the name of a set is a DNS label: lower-case letters, digits and "-", at most 63';
}

/** True for labels that only the hub sets on a cluster. */
export function isReservedLabel(key: string): boolean {
  if (key.startsWith(setLabelPrefix)) return false;
  return key.includes('accord.dev/') && (key.startsWith('accord.dev/') || key.slice(0, key.indexOf('/')).endsWith('.accord.dev'));
}
