import type { LabelRequirement, LabelSelector } from '@accord/proto/selector';

/** A label selector in one line: `env=prod, tier in (1, 2), !legacy`. `{}` selects everything, absent selects nothing. */
export function tellSelector(selector: LabelSelector | undefined): string {
  if (selector === undefined) return 'no cluster';
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const labels = Object.entries(matchLabels).map(([name, value]) => `${name}=${value}`);
  const words = [...labels, ...matchExpressions.map(tellRequirement)];
  return words.length === 0 ? 'every cluster' : words.join(', ');
}

function tellRequirement({ key, operator, values = [] }: LabelRequirement): string {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return `${key} notin (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
