import type { LabelRequirement, LabelSelector } from '@accord/proto/selector';

export type Labels = Readonly<Record<string, string>>;

/** `because` is the first requirement that fails, in words: `env is dev, wanted prod`. */
export type SelectorMatch = { readonly matches: true } | { readonly matches: false; readonly because: string };

const yes: SelectorMatch = { matches: true };

/**
 * Kubernetes' LabelSelector semantics, to the letter: `{}` matches everything, an absent selector nothing, and `NotIn` and
 * `DoesNotExist` match a missing key. Source: k8s.io/apimachinery, metav1.LabelSelectorAsSelector.
 */
export function matchSelector(selector: LabelSelector | undefined, labels: Labels): SelectorMatch {
  if (selector === undefined) return no('there is no selector, so nothing is selected');
  const missed = requirementsOf(selector).find((requirement) => !meets(labels, requirement));
  return missed === undefined ? yes : no(becauseOf(missed, labels));
}

/** As `matchSelector` without its words: made once, asked for many clusters. */
export function selectorTest(selector: LabelSelector | undefined): (labels: Labels) => boolean {
  if (selector === undefined) return () => false;
  const requirements = requirementsOf(selector);
  return (labels) => requirements.every((requirement) => meets(labels, requirement));
}

/** What labels lack for the selector to match them. */
export function unmetRequirements(selector: LabelSelector, labels: Labels): readonly LabelRequirement[] {
  return requirementsOf(selector).filter((requirement) => !meets(labels, requirement));
}

function requirementsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly LabelRequirement[] {
  const pairs = Object.entries(matchLabels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [...pairs.map(([key, value]): LabelRequirement => ({ key, operator: 'In', values: [value] })), ...matchExpressions];
}

function meets(labels: Labels, { key, operator, values = [] }: LabelRequirement): boolean {
  const value = valueOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** Of a requirement that is not met. */
function becauseOf({ key, operator, values = [] }: LabelRequirement, labels: Labels): string {
  const value = valueOf(labels, key);
  if (value === undefined) return `has no label ${key}`;
  if (operator === 'DoesNotExist') return `has label ${key}, which is excluded`;
  return `${key} is ${shown(value)}, ${operator === 'In' ? `wanted ${anyOf(values)}` : 'which is excluded'}`;
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function anyOf(values: readonly string[]): string {
  return `${values.length === 1 ? '' : 'one of '}${values.map(shown).join(', ')}`;
}

function shown(value: string): string {
  return value === '' ? '""' : value;
}

function no(because: string): SelectorMatch {
  return { matches: false, because };
}
