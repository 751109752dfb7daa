import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import { programNames } from '@accord/local/programs/program';

/** Finds or builds every server program before the first suite, so that no test waits for a compiler within its own limit. */
export async function setup(): Promise<void> {
  await ensurePrograms({ names: programNames, env: process.env, onProgress: (line) => console.error(line) });
}
