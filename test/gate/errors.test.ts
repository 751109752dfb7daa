import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultCodes } from '@accord/core/policy/fault';
import { isPolicyState } from '@accord/core/status/states';
import { errorCodes } from '@accord/proto/coded-error';
import { describe, expect, test } from 'vitest';
import { codesBelow, rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';
import { refusalReasons, rowReasons } from './row-reasons.ts';

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
