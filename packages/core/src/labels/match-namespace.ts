import type { NamespaceSelector } from '@accord/proto/selector';
import { matchPattern } from './match-pattern.ts';
import { matchSelector, type Labels } from './match-selector.ts';

/** Whether the selector names nothing to take: then no namespace is selected, whatever it excludes. */
export function selectsNoNamespace({ include = [], selector }: NamespaceSelector = {}): boolean {
  return include.length === 0 && selector === undefined;
}

/** A namespace is selected where every requirement that is given holds: one pattern of `include`, none of `exclude`, and the labels. */
export function matchNamespace(selector: NamespaceSelector | undefined, name: string, labels: Labels): boolean {
  if (selector === undefined || selectsNoNamespace(selector)) return false;
  const { include = [], exclude = [], selector: byLabel = {} } = selector;
  const isIncluded = include.length === 0 || include.some((pattern) => matchPattern(pattern, name));
  return isIncluded && !exclude.some((pattern) => matchPattern(pattern, name)) && matchSelector(byLabel, labels).matches;
}
