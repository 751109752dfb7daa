import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardReasons } from '@accord/core/guard/guard-object';
import { faultCodes } from '@accord/core/policy/fault';
import { isPolicyState } from '@accord/core/status/states';
import { errorCodes } from '@accord/proto/coded-error';
import { describe, expect, test } from 'vitest';
import { codesBelow, rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';

const errors = readFileSync(join(root, 'docs/errors.md'), 'utf8');
const sorted = (texts: Iterable<string>): string[] => [...texts].toSorted();

describe('docs/errors.md', () => {
  test('names every error code, and no other', () => {
    expect(sorted(codesBelow(errors, '## Error codes'))).toEqual(sorted(errorCodes));
  });

  test('names every fault of a policy, and no other', () => {
    expect(sorted(codesBelow(errors, '## Faults of a policy'))).toEqual(sorted(faultCodes));
  });

  test('names every refusal by the API server, and no other', () => {
    const documented = codesBelow(errors, '## Refusals by the API server');
    expect(documented.length).toBeGreaterThan(10);
    expect(sorted(documented)).toEqual(sorted(refusalReasons()));
  });

  test('names every other reason that a row can have, and no other', () => {
    const others = new Set(rowReasons()).difference(new Set(refusalReasons()));
    expect(others.size).toBeGreaterThan(10);
    expect(sorted(codesBelow(errors, '## Reasons in rows'))).toEqual(sorted(others));
  });

  test('gives every reason in rows a state that exists', () => {
    const states = rowsBelow(errors, '## Reasons in rows').map(([, state = '']) => state);
    expect(states.filter((state) => !isPolicyState(state))).toEqual([]);
  });

  test('says for every entry what to do', () => {
    const rows = ['## Error codes', '## Faults of a policy', '## Refusals by the API server', '## Reasons in rows'].flatMap((heading) =>
      rowsBelow(errors, heading),
    );
    expect(rows.filter((cells) => (cells.at(-1) ?? '') === '')).toEqual([]);
  });
});

/** The type exists for the compiler only, so that its text is read. */
function refusalReasons(): string[] {
  const source = readFileSync(join(root, 'packages/spoke/src/kube/kube.ts'), 'utf8');
  const union = source.slice(source.indexOf('export type RefusalReason ='));
  return [...union.slice(0, union.indexOf(';')).matchAll(/^\s*\| '(\w+)'/gm)].map(([, reason = '']) => reason);
}

const saysReasons = ['core/src/apply', 'core/src/desired', 'core/src/guard', 'core/src/status', 'spoke/src/reconcile', 'spoke/src/kube'];

/** Every text that stands where a reason is given. */
function rowReasons(): string[] {
  const files = saysReasons.flatMap((folder) =>
    readdirSync(join(root, 'packages', folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('fake-'))
      .map((name) => join(root, 'packages', folder, name)),
  );
  const given = files.flatMap((file) => readFileSync(file, 'utf8').match(/\breason(:| =) [^,;}\n]*/g) ?? []);
  const texts = given.flatMap((text) => [...text.matchAll(/'([A-Z][A-Za-z]+)'/g)].map(([, reason = '']) => reason));
  return [...texts, ...guardReasons];
}
