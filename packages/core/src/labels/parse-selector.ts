import { labelKeyFault, labelValueFault } from '@accord/proto/labels';
import type { LabelRequirement, LabelSelector } from '@accord/proto/selector';

export type ParsedSelector =
  | { readonly outcome: 'parsed'; readonly selector: LabelSelector }
  | { readonly outcome: 'invalid'; readonly message: string };

const key = '([^\\s,()!=]+)';
const setForm = new RegExp(`^${key}\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const equalForm = new RegExp(`^${key}\\s*(==|=|!=)\\s*([^\\s,()!=]*)$`);
const existsForm = new RegExp(`^(!?)\\s*${key}$`);

/** Reads kubectl's text form: `env=prod,region in (eu, us),tier!=gold,zone,!legacy`. Empty text selects everything. */
export function parseSelector(text: string): ParsedSelector {
  if (text.trim() === '') return { outcome: 'parsed', selector: {} };
  const requirements: LabelRequirement[] = [];
  for (const part of splitOutsideParentheses(text)) {
    const requirement = parseRequirement(part.trim());
    if (typeof requirement === 'string') return { outcome: 'invalid', message: requirement };
    requirements.push(requirement);
  }
  return { outcome: 'parsed', selector: selectorOf(requirements) };
}

function parseRequirement(part: string): LabelRequirement | string {
  const [, setKey, word, list] = setForm.exec(part) ?? [];
  if (setKey !== undefined)
    return checked({ key: setKey, operator: word === 'in' ? 'In' : 'NotIn', values: (list ?? '').split(',').map((value) => value.trim()) });
  const [, equalKey, sign, value] = equalForm.exec(part) ?? [];
  if (equalKey !== undefined) return checked({ key: equalKey, operator: sign === '!=' ? 'NotIn' : 'In', values: [value ?? ''] });
  const [, not, bareKey] = existsForm.exec(part) ?? [];
  if (bareKey !== undefined) return checked({ key: bareKey, operator: not === '!' ? 'DoesNotExist' : 'Exists' });
  return `"${part}" is no label requirement; write key=value, key!=value, key in (a,b), key notin (a,b), key or !key`;
}

function checked(requirement: LabelRequirement): LabelRequirement | string {
  const keyFault = labelKeyFault(requirement.key);
  if (keyFault !== undefined) return `label key "${requirement.key}": ${keyFault}`;
  for (const value of requirement.values ?? []) {
    const valueFault = labelValueFault(value);
    if (valueFault !== undefined) return `value "${value}" of label ${requirement.key}: ${valueFault}`;
  }
  return requirement;
}

/** Equalities become `matchLabels` where a key has one; everything else keeps its place among the expressions. */
function selectorOf(requirements: readonly LabelRequirement[]): LabelSelector {
  const equal = new Map<string, string>();
  const expressions: LabelRequirement[] = [];
  for (const requirement of requirements) {
    const { key: name, operator, values = [] } = requirement;
    const [value] = values;
    if (operator === 'In' && values.length === 1 && value !== undefined && !equal.has(name)) equal.set(name, value);
    else expressions.push(requirement);
  }
  return {
    ...(equal.size > 0 && { matchLabels: Object.fromEntries(equal) }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

function splitOutsideParentheses(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/);
}
