import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All temporary directories of a run lie in one, which goes with the run: hundreds of small tests need not each clean up. */
export default function setup(): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'accord-unit-'));
  process.env['TMPDIR'] = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}
