import { labelKeyFault, labelValueFault } from '@accord/proto/labels';
import type { LabelRequirement, LabelSelector } from '@accord/proto/selector';
import type { Fault } from '../policy/fault.ts';
import { childPath } from '../policy/json-path.ts';

/** Entries of `matchLabels`, as the CRD has it. */
const matchLabelsMax = 32;

/** What the API server would refuse in a LabelSelector beyond its shape: syntax of keys and values, and values that an operator needs or forbids. */
export function selectorFaults(selector: LabelSelector, path: string): readonly Fault[] {
  const labels = Object.entries(selector.matchLabels ?? {});
  const faults = labels.flatMap(([key, value]) => {
    const at = childPath(`${path}.matchLabels`, key);
    return [...keyFaults(key, at), ...valueFaults(value, at)];
  });
  if (labels.length > matchLabelsMax) {
    faults.push({
      code: 'TooLarge',
      path: `${path}.matchLabels`,
      message: `More than ${matchLabelsMax} labels.`,
      help: 'Select by fewer labels.',
    });
  }
  return [
    ...faults,
    ...(selector.matchExpressions ?? []).flatMap((requirement, index) =>
      requirementFaults(requirement, `${path}.matchExpressions[${index}]`),
    ),
  ];
}

function requirementFaults({ key, operator, values = [] }: LabelRequirement, path: string): readonly Fault[] {
  const faults = [...keyFaults(key, `${path}.key`), ...values.flatMap((value, index) => valueFaults(value, `${path}.values[${index}]`))];
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && values.length === 0) {
    faults.push({
      code: 'InvalidValue',
      path: `${path}.values`,
      message: `${operator} needs at least one value.`,
      help: 'Add the values.',
    });
  }
  if (!takesValues && values.length > 0) {
    faults.push({
      code: 'InvalidValue',
      path: `${path}.values`,
      message: `${operator} takes no values.`,
      help: 'Remove them, or use In or NotIn.',
    });
  }
  return faults;
}

function keyFaults(key: string, path: string): Fault[] {
  const fault = labelKeyFault(key);
  return fault === undefined
    ? []
    : [{ code: 'InvalidValue', path, message: `"${key}" is no label key: ${fault}.`, help: 'Correct the key.' }];
}

function valueFaults(value: string, path: string): Fault[] {
  const fault = labelValueFault(value);
  return fault === undefined
    ? []
    : [{ code: 'InvalidValue', path, message: `"${value}" is no label value: ${fault}.`, help: 'Correct the value.' }];
}
