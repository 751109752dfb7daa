import { expect, test } from 'vitest';
import { readYaml } from './read-yaml.ts';

test('a policy is read with its name', () => {
  expect(readYaml('metadata: {name: shop}\nspec: {}\n')).toEqual({ object: { metadata: { name: 'shop' }, spec: {} }, name: 'shop' });
});

test.each([
  ['a: [', /line 1/],
  ['a: 1\na: 2\n', /Map keys must be unique/],
  ['metadata: {name: a}\nspec: *pro', /Unresolved alias .*: pro$/],
  ['', /metadata.name is missing/],
  ['metadata: {name: 7}', /metadata.name is missing/],
])('%j cannot be sent', (text, because) => expect(readYaml(text).fault).toMatch(because));
