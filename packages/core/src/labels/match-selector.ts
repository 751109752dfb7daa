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
  const pairs = Object.entries(selector.matchLabels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const requirements = [
    ...pairs.map(([key, value]): LabelRequirement => ({ key, operator: 'In', values: [value] })),
    ...(selector.matchExpressions ?? []),
  ];
  for (const requirement of requirements) {
    const match = matchRequirement(requirement, labels);
    if (!match.matches) return match;
  }
  return yes;
}

function matchRequirement({ key, operator, values = [] }: LabelRequirement, labels: Labels): SelectorMatch {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      if (value === undefined) return no(`has no label ${key}`);
      return values.includes(value) ? yes : no(`${key} is ${shown(value)}, wanted ${anyOf(values)}`);
    case 'NotIn':
      return value !== undefined && values.includes(value) ? no(`${key} is ${shown(value)}, which is excluded`) : yes;
    case 'Exists':
      return value === undefined ? no(`has no label ${key}`) : yes;
    case 'DoesNotExist':
      return value === undefined ? yes : no(`has label ${key}, which is excluded`);
  }
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
