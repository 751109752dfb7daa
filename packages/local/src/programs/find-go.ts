import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '../config.ts';

const run = promisify(execFile);

/** Why this Go cannot build the programs, or its version when it can. */
export type GoToolchain = { readonly usable: true; readonly version: string } | { readonly usable: false; readonly reason: string };

/** Looks for `go` on the PATH. The `go.mod` files ask for 1.26; an older Go would download a toolchain, which we do not allow. */
export async function findGo(env: Environment): Promise<GoToolchain> {
  try {
    const { stdout } = await run('go', ['env', 'GOVERSION'], { env: { ...env, GOTOOLCHAIN: 'local' }, timeout: 10_000 });
    return judgeGoVersion(stdout.trim());
  } catch {
    return { usable: false, reason: 'Go is not installed' };
  }
}

/** Of what `go env GOVERSION` says. */
export function judgeGoVersion(text: string): GoToolchain {
  const match = /^go(\d+)\.(\d+)/.exec(text);
  if (match === null) return { usable: false, reason: `Go calls its version ${JSON.stringify(text)}, which is not a release` };
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major > 1 || (major === 1 && minor >= 26)) return { usable: true, version: text.slice('go'.length) };
  return { usable: false, reason: `Go is too old (${text.slice('go'.length)})` };
}
