/** What the fleet declares of the labels of its clusters, and what does not fit. */
import type { DeclaredLabels } from '@accord/proto/access';
import type { LabelSelector } from '@accord/proto/selector';
import type { Fault } from '../policy/fault.ts';
import { childPath } from '../policy/json-path.ts';
import { nearestName } from '../policy/nearest-name.ts';
import type { Labels } from './match-selector.ts';

/** What a cluster may not be called: a label that is required and missing, or a value that is not declared. */
export function declaredFaults(declared: DeclaredLabels, labels: Labels, path: string): readonly Fault[] {
  return Object.entries(declared).flatMap(([key, { required, values }]): readonly Fault[] => {
    const value = labels[key];
    const at = childPath(path, key);
    if (value === undefined)
      return required
        ? [{ code: 'MissingField', path: at, message: `Every cluster has a label ${key}.`, help: `Add it${oneOf(values)}.` }]
        : [];
    if (values === undefined || values.includes(value)) return [];
    return [{ code: 'InvalidValue', path: at, message: `${key}=${value} is not declared.`, help: suggestion(value, values) }];
  });
}

/** Warns of a selector that names a value which no cluster can have. */
export function undeclaredWarnings(declared: DeclaredLabels, selector: LabelSelector | undefined, path: string): readonly Fault[] {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const named = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, value, at: childPath(`${path}.matchLabels`, key) })),
    ...matchExpressions.flatMap(({ key, values = [] }, index) =>
      values.map((value, place) => ({ key, value, at: `${path}.matchExpressions[${index}].values[${place}]` })),
    ),
  ];
  return named.flatMap(({ key, value, at }): readonly Fault[] => {
    const values = Object.hasOwn(declared, key) ? declared[key]?.values : undefined;
    if (values === undefined || values.includes(value)) return [];
    return [
      {
        code: 'SelectsNothing',
        path: at,
        message: `${key}=${value} is not declared, so no cluster has it.`,
        help: suggestion(value, values),
      },
    ];
  });
}

function suggestion(value: string, values: readonly string[]): string {
  const near = nearestName(value, values);
  return near === undefined ? `Write one of ${values.join(', ')}.` : `Did you mean ${near}?`;
}

function oneOf(values: readonly string[] | undefined): string {
  return values === undefined ? '' : `: one of ${values.join(', ')}`;
}
