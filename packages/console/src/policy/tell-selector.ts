interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly Requirement[];
}

/** A label selector in one line: `env=prod, tier in (1, 2), !legacy`. */
export function tellSelector(selector: unknown): string {
  const { matchLabels = {}, matchExpressions = [] } = (selector ?? {}) as Selector;
  const labels = Object.entries(matchLabels).map(([name, value]) => `${name}=${value}`);
  const words = [...labels, ...matchExpressions.map(tellRequirement)];
  return words.length === 0 ? 'every cluster' : words.join(', ');
}

function tellRequirement({ key, operator, values = [] }: Requirement): string {
  switch (operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'NotIn':
      return `${key} notin (${values.join(', ')})`;
    default:
      return `${key} in (${values.join(', ')})`;
  }
}
