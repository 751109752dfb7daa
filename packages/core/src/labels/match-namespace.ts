import type { NamespaceSelector } from '@accord/proto/selector';
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

/** `*` stands for any characters. Each part is sought once, from left to right, so that no pattern takes long. */
function matchPattern(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
