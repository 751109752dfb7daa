/** Logins of this user, one for each hub, in a file that only he can read. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { CodedError } from '@accord/proto/coded-error';
import { loginServerSchema } from '@accord/proto/api';
import * as z from 'zod';
import { configHome, type Environment } from '../config.ts';

const keptSchema = z.object({
  server: loginServerSchema,
  /** What the hub is sent. */
  token: z.string(),
  expiresAtMs: z.number(),
  refreshToken: z.string().optional(),
});
export type KeptLogin = z.infer<typeof keptSchema>;
const fileSchema = z.record(z.string(), keptSchema);

/** Undefined where nobody has logged in. Rejects with `garbage`. */
export function keptLogin(env: Environment, url: string): KeptLogin | undefined {
  return readAll(env)[new URL(url).origin];
}

export function keepLogin(env: Environment, url: string, login: KeptLogin): void {
  writeAll(env, { ...readAll(env), [new URL(url).origin]: login });
}

/** False when there was none. */
export function forgetLogin(env: Environment, url: string): boolean {
  const { [new URL(url).origin]: gone, ...rest } = readAll(env);
  if (gone !== undefined) writeAll(env, rest);
  return gone !== undefined;
}

function pathOf(env: Environment): string {
  return join(configHome(env), 'logins.json');
}

function readAll(env: Environment): Readonly<Record<string, KeptLogin>> {
  const path = pathOf(env);
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new CodedError('garbage', `${path} cannot be read: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
      help: `Take it away and log in again: rm ${path}`,
    });
  }
}

/** Whoever reads at the same time sees the old file or the new one. */
function writeAll(env: Environment, logins: Readonly<Record<string, KeptLogin>>): void {
  const path = pathOf(env);
  const next = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(next, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(next, path);
  } catch (cause) {
    rmSync(next, { force: true });
    throw new CodedError('forbidden', `${path} cannot be written: ${(cause as Error).message}`, {
      cause,
      help: `Look at its owner and mode: ls -l ${dirname(path)}`,
    });
  }
}
