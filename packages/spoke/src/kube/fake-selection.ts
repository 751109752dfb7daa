import assert from 'node:assert';
import type { JsonObject } from '@accord/proto/canonical';
import { getAt } from './fake-fields.ts';
import { marks } from './fake-admission.ts';
import type { Selection } from './kube.ts';

/** Whether an object is selected, for the forms that the spoke uses: `key`, `!key`, `key=value`, `key!=value`. */
export function isSelected(object: JsonObject, { labelSelector = '', fieldSelector = '', namespace }: Selection): boolean {
  const labels = marks(object, 'labels');
  return (
    (namespace === undefined || fieldText(object, 'metadata.namespace') === namespace) &&
    terms(labelSelector).every((term) => matches(term, (key) => labels[key])) &&
    terms(fieldSelector).every((term) => matches(term, (key) => fieldText(object, key)))
  );
}

function terms(selector: string): readonly string[] {
  return selector === '' ? [] : selector.split(',');
}

function matches(term: string, valueOf: (key: string) => string | undefined): boolean {
  const parsed = /^(!?)([^=!]+?)(?:(==?|!=)(.*))?$/.exec(term);
  assert(parsed, `no selector that this server knows: ${term}`);
  const [, not = '', key = '', operator, wanted] = parsed;
  const value = valueOf(key);
  if (operator === undefined) return (value !== undefined) === (not === '');
  return (value === wanted) === (operator !== '!=');
}

function fieldText(object: JsonObject, path: string): string | undefined {
  const value = getAt(object, path.split('.'));
  return typeof value === 'string' ? value : undefined;
}
