import type { LabelRequirement, LabelSelector } from '@accord/proto/selector';

/**
 * True when every cluster that `narrow` can ever select is one that `wide` selects, whatever its labels.
 *
 * Decided from the two texts alone, key by key: what cannot be proven is false. An absent `narrow` selects nothing.
 */
export function impliesSelector(narrow: LabelSelector | undefined, wide: LabelSelector): boolean {
  if (narrow === undefined) return true;
  const given = requirementsOf(narrow);
  return requirementsOf(wide).every((wanted) =>
    implies(
      given.filter(({ key }) => key === wanted.key),
      wanted,
    ),
  );
}

function requirementsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly LabelRequirement[] {
  return [
    ...Object.entries(matchLabels).map(([key, value]): LabelRequirement => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions,
  ];
}

/** `given` are the requirements on the key of the wanted one. */
function implies(given: readonly LabelRequirement[], { operator, values = [] }: LabelRequirement): boolean {
  const among = valuesLeft(given);
  const isAbsent = given.some((requirement) => requirement.operator === 'DoesNotExist');
  switch (operator) {
    case 'In':
      return among?.every((value) => values.includes(value)) ?? false;
    case 'Exists':
      return among !== undefined || given.some((requirement) => requirement.operator === 'Exists');
    case 'DoesNotExist':
      return isAbsent;
    case 'NotIn':
      return isAbsent || (among === undefined ? excludes(given, values) : !among.some((value) => values.includes(value)));
  }
}

/** The values that the key can have; undefined where they are not listed. */
function valuesLeft(given: readonly LabelRequirement[]): readonly string[] | undefined {
  const [first, ...more] = given.filter(({ operator }) => operator === 'In').map(({ values = [] }) => values);
  if (first === undefined) return undefined;
  return first.filter((value) => more.every((values) => values.includes(value)) && !excludes(given, [value]));
}

function excludes(given: readonly LabelRequirement[], values: readonly string[]): boolean {
  const excluded = given.filter(({ operator }) => operator === 'NotIn').flatMap(({ values: list = [] }) => list);
  return values.every((value) => excluded.includes(value));
}
