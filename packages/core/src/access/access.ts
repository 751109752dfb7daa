/** What somebody may see, and which of his bindings count for an act. */
import { roles, type AccessBinding, type Role } from '@accord/proto/access';
import { coversName } from '../labels/covers-name.ts';
import { matchSelector, type Labels } from '../labels/match-selector.ts';

/** Of one token, or of one person. Nothing in it means nothing at all. */
export interface Access {
  /** The role for the whole fleet; undefined where only bindings count. */
  readonly whole: Role | undefined;
  readonly bindings: readonly AccessBinding[];
}

export function isAtLeast(role: Role | undefined, least: Role): boolean {
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(least);
}

/** The highest role that he has anywhere. */
export function highestRole({ whole, bindings }: Access): Role | undefined {
  const held = [whole, ...bindings.map(({ role }) => role)];
  return roles.findLast((role) => held.includes(role));
}

/** The bindings whose role suffices. */
export function bindingsFor({ bindings }: Access, least: Role): readonly AccessBinding[] {
  return bindings.filter(({ role }) => isAtLeast(role, least));
}

export function seesCluster({ whole, bindings }: Access, labels: Labels): boolean {
  return whole !== undefined || bindings.some(({ clusters }) => matchSelector(clusters, labels).matches);
}

export function seesPolicy({ whole, bindings }: Access, name: string): boolean {
  return whole !== undefined || bindings.some(({ policies }) => coversName(policies, name));
}

/** A policy on a cluster: one and the same binding has to reach both. */
export function seesRow({ whole, bindings }: Access, policy: string, labels: Labels): boolean {
  return (
    whole !== undefined ||
    bindings.some(({ clusters, policies }) => coversName(policies, policy) && matchSelector(clusters, labels).matches)
  );
}

/** What is in a namespace of a cluster. */
export function seesNamespace({ whole, bindings }: Access, namespace: string, labels: Labels): boolean {
  return (
    whole !== undefined ||
    bindings.some(({ clusters, namespaces }) => coversName(namespaces, namespace) && matchSelector(clusters, labels).matches)
  );
}
