import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';

const runbook = (name: string): string => readFileSync(join(root, 'docs/runbooks', name), 'utf8');

describe('docs/runbooks/key-theft.md', () => {
  const rows = rowsBelow(runbook('key-theft.md'), '## What was rehearsed');

  test('names a test for each theft', () => expect(rows.length).toBeGreaterThan(10));

  test.each(rows)('%s: %s: the test is there', (_taken = '', _shows = '', where = '') => {
    const [, file = '', title = ''] = /^`([^`]+)`: "(.+)"$/.exec(where) ?? [];
    expect(readFileSync(join(root, file), 'utf8')).toContain(`'${title}'`);
  });
});

test('docs/runbooks/rotate-keys.md names the test of each rotation that it says was tried', () => {
  const files = rowsBelow(runbook('rotate-keys.md'), '# Replacing keys').flatMap(
    (row) => /^`(test\/.+)`$/.exec(row.at(-1) ?? '')?.[1] ?? [],
  );
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(readFileSync(join(root, file), 'utf8').length).toBeGreaterThan(0);
});
