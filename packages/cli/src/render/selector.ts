import { labelSelectorSchema, type LabelRequirement } from '@accord/proto/selector';

/** A selector in the syntax of `kubectl -l`: `env=prod,region in (eu,us),!legacy`. */
export function renderSelector(selector: unknown): string {
  if (selector === undefined || selector === null) return '<nothing>';
  const parsed = labelSelectorSchema.safeParse(selector);
  if (!parsed.success) return '<unreadable>';
  const { matchLabels = {}, matchExpressions = [] } = parsed.data;
  const parts = [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...matchExpressions.map(renderRequirement)];
  return parts.length === 0 ? '<everything>' : parts.join(',');
}

/** `env=prod,region=eu`, sorted by key. */
export function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([key, value]) => `${key}=${value}`).join(',') || '<none>';
}

/** The keys that a selector asks for. */
export function selectorKeys(selector: unknown): readonly string[] {
  const { matchLabels = {}, matchExpressions = [] } = labelSelectorSchema.safeParse(selector).data ?? {};
  return [...new Set([...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)])];
}

function renderRequirement({ key, operator, values = [] }: LabelRequirement): string {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
