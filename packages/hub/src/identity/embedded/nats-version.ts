import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRecentServer, natsServerMin } from '@accord/bus/nats/server-version';
import { CodedError } from '@accord/proto/coded-error';

const help = `Install nats-server ${natsServerMin} or later (https://github.com/nats-io/nats-server/releases) and name it with --nats-server.`;

/** The version of a nats-server program. Rejects with `missing-program`, or with `unsupported` when it is too old. */
export async function readNatsVersion(program: string): Promise<string> {
  const version = parseNatsVersion(await askVersion(program));
  if (version === undefined)
    throw new CodedError('missing-program', `${program} does not say which version of nats-server it is.`, { help });
  if (!isRecentServer(version))
    throw new CodedError('unsupported', `${program} is version ${version}; at least ${natsServerMin} is needed.`, { help });
  return version;
}

/** `nats-server: v2.15.1` → `2.15.1`. */
export function parseNatsVersion(output: string): string | undefined {
  return /^nats-server: v?(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1];
}

async function askVersion(program: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 10_000, env: {} });
    return stdout;
  } catch (cause) {
    throw new CodedError('missing-program', `${program} cannot be run.`, { cause, help });
  }
}
