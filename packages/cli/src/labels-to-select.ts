import { unmetRequirements } from '@accord/core/labels/match-selector';
import { isReservedLabel } from '@accord/proto/labels';
import { labelSelectorSchema, type LabelRequirement } from '@accord/proto/selector';

/**
 * What a cluster would have to be labelled with so that a selector selects it, as `accord cluster label` takes it: `region=eu`,
 * `legacy-`. Undefined where labels cannot do it: nothing is selected, or the hub itself sets the label.
 */
export function labelsToSelect(selector: unknown, labels: Readonly<Record<string, string>>): readonly string[] | undefined {
  const parsed = labelSelectorSchema.safeParse(selector);
  if (!parsed.success) return undefined;
  const failing = unmetRequirements(parsed.data, labels);
  if (failing.some(({ key }) => isReservedLabel(key))) return undefined;
  return failing.map(changeFor);
}

/** Of several values that would do the first is named. */
function changeFor({ key, operator, values = [] }: LabelRequirement): string {
  switch (operator) {
    case 'In':
      return `${key}=${values[0] ?? 'VALUE'}`;
    case 'Exists':
      return `${key}=VALUE`;
    case 'NotIn':
    case 'DoesNotExist':
      return `${key}-`;
  }
}
