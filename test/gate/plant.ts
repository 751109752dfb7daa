import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const configuration = ['.oxlintrc.json', 'scripts/purity-rules.mjs', 'tsconfig.json', 'tsconfig.base.json', 'package.json'];

export interface Finding {
  readonly rule: string;
  readonly file: string;
}

/** Lints `files` alone, in a directory of their own, by the rules of this repository. */
export async function lintPlanted(files: ReadonlyMap<string, string>): Promise<readonly Finding[]> {
  const directory = await mkdtemp(join(tmpdir(), 'accord-gate-'));
  try {
    const place = async (path: string): Promise<string> => {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      return join(directory, path);
    };
    for (const path of configuration) await copyFile(join(root, path), await place(path));
    await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
    for (const [path, text] of files) await writeFile(await place(path), text);
    return await lint(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function lint(directory: string): Promise<Finding[]> {
  const oxlint = join(root, 'node_modules', '.bin', 'oxlint');
  const run = promisify(execFile)(oxlint, ['--type-aware', '--format', 'json', 'packages'], {
    cwd: directory,
    maxBuffer: 32 * 1024 * 1024,
  });
  // Only packages: node_modules is a link here, and would be linted, too. It ends with 1 when it finds something, which is what is wanted here.
  const { stdout } = await run.catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error && error.stdout !== '') return { stdout: String(error.stdout) };
    throw error;
  });
  const { diagnostics }: { diagnostics: { code: string; filename: string }[] } = JSON.parse(stdout);
  return diagnostics.map(({ code, filename }) => ({ rule: code, file: filename }));
}
