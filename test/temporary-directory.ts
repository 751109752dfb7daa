import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All temporary directories of a run lie in one, which goes with the run: hundreds of small tests need not each clean up. */
let directory: string | undefined;

export function setup(): void {
  directory = mkdtempSync(join(tmpdir(), 'accord-unit-'));
  process.env['TMPDIR'] = directory;
}

export function teardown(): void {
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
}
