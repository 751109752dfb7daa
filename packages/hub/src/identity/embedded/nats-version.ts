import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CodedError } from '@accord/proto/coded-error';

/** The first version with atomic batches, message TTL and grouped fsync as we use them. */
const versionMin = '2.14.7';
const help = `Install nats-server ${versionMin} or later (https://github.com/nats-io/nats-server/releases) and name it with --nats-server.`;

/** The version of a nats-server program. Rejects with `missing-program`, or with `unsupported` when it is too old. */
export async function readNatsVersion(program: string): Promise<string> {
  const version = parseNatsVersion(await askVersion(program));
  if (version === undefined)
    throw new CodedError('missing-program', `${program} does not say which version of nats-server it is.`, { help });
  if (!isRecent(version))
    throw new CodedError('unsupported', `${program} is version ${version}; at least ${versionMin} is needed.`, { help });
  return version;
}

/** `nats-server: v2.15.1` → `2.15.1`. */
export function parseNatsVersion(output: string): string | undefined {
  return /^nats-server: v?(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1];
}

/** A pre-release of the oldest version that is needed may lack what was added last, so it does not count. */
export function isRecent(version: string): boolean {
  const [release = '', preRelease] = version.split('-', 2);
  const order = release.localeCompare(versionMin, 'en', { numeric: true });
  return order > 0 || (order === 0 && preRelease === undefined);
}

async function askVersion(program: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 10_000, env: {} });
    return stdout;
  } catch (cause) {
    throw new CodedError('missing-program', `${program} cannot be run.`, { cause, help });
  }
}
