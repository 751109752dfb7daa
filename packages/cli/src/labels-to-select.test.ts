import { expect, test } from 'vitest';
import { labelsToSelect } from './labels-to-select.ts';

const labels = { env: 'dev', region: 'us', legacy: 'yes', 'accord.dev/name': 'us-1' };
const cases: [claim: string, selector: unknown, changes: readonly string[] | undefined][] = [
  ['only what does not match is named', { matchLabels: { env: 'prod', region: 'us' } }, ['env=prod']],
  ['of several values the first', { matchExpressions: [{ key: 'env', operator: 'In', values: ['stage', 'prod'] }] }, ['env=stage']],
  ['a label that must be there', { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, ['tier=VALUE']],
  ['a label that must not be there is taken away', { matchExpressions: [{ key: 'legacy', operator: 'DoesNotExist' }] }, ['legacy-']],
  ['so is a value that is excluded', { matchExpressions: [{ key: 'region', operator: 'NotIn', values: ['us'] }] }, ['region-']],
  ['a label of the hub cannot be set', { matchLabels: { 'accord.dev/name': 'eu-1', env: 'prod' } }, undefined],
  ['without a selector nothing can be done', undefined, undefined],
];
test.each(cases)('%s', (_claim, selector, changes) => {
  expect(labelsToSelect(selector, labels)).toEqual(changes);
});
