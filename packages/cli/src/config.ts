import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { parseDuration } from '@accord/proto/duration';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Fixed, or made anew when it is about to end. */
export type Token = string | (() => Promise<string>);

/** Where the hub is and as whom to speak to it; nobody without a token. */
export interface HubAddress {
  readonly url: string;
  readonly token: Token | undefined;
}

/**
 * `ACCORD_URL`, else the fleet of this machine under `ACCORD_HOME`. As whom: `ACCORD_TOKEN`, else whoever has logged in there,
 * else for the local fleet its first admin.
 *
 * Rejects with `not-found` when neither is there, and with `invalid` for an address without a token: the token
 * of the local fleet is never sent anywhere else.
 */
export function hubAddress(env: Environment, loginAt: (url: string) => Token | undefined = () => undefined): HubAddress {
  const url = hubUrl(env);
  const token = (env['ACCORD_TOKEN'] || undefined) ?? loginAt(url);
  if (token !== undefined) return { url, token };
  if (isLocal(env)) return { url, token: localToken(stateHome(env)) };
  throw new CodedError('invalid', 'ACCORD_URL is set, but ACCORD_TOKEN is not', {
    help: 'Run: accord login, or: export ACCORD_TOKEN=… (an admin makes one with: accord token create NAME --role operator)',
  });
}

/** Rejects as `hubAddress`. */
export function hubUrl(env: Environment): string {
  const url = env['ACCORD_URL'] ?? '';
  if (isLocal(env)) return localUrl(stateHome(env));
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new CodedError('invalid', `ACCORD_URL is ${JSON.stringify(url)}, which is no http or https address`, {
    help: 'Run: export ACCORD_URL=http://127.0.0.1:7420',
  });
}

function isLocal(env: Environment): boolean {
  return (env['ACCORD_URL'] || undefined) === undefined;
}

/** State of the local fleet: `ACCORD_HOME`, by default `accord` in the XDG state directory. */
function stateHome(env: Environment): string {
  const user = env['HOME'] || homedir();
  return resolve(env['ACCORD_HOME'] || join(env['XDG_STATE_HOME'] || join(user, '.local', 'state'), 'accord'));
}

/** What the user has trusted, by the XDG rules. */
export function configHome(env: Environment): string {
  return resolve(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'accord');
}

/** The editor of `accord edit`, with its arguments, as kubectl chooses it. */
export function editorCommand(env: Environment): string {
  return env['KUBE_EDITOR'] || env['VISUAL'] || env['EDITOR'] || 'vi';
}

/** NO_COLOR (no-color.org): set and not empty means no colour, whatever the terminal can do. */
export function wantsColour(env: Environment, isTerminal: boolean): boolean {
  return isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** How long whoever presses Tab waits for names of the hub: `ACCORD_COMPLETION_WAIT`, for a slow way to it. What is no duration counts as not set. */
export function completionWaitMs(env: Environment): number {
  return parseDuration(env['ACCORD_COMPLETION_WAIT'] ?? '') ?? 1_000;
}

function localUrl(home: string): string {
  const hubFile = join(home, 'hub', 'hub.json');
  const text = readIfThere(hubFile);
  if (text !== undefined) return urlOf(text, hubFile);
  throw new CodedError('not-found', `There is no hub to talk to: ACCORD_URL is not set, and no fleet has run in ${home}`, {
    help: 'Start one with: npm start (or export ACCORD_URL and ACCORD_TOKEN)',
  });
}

function localToken(home: string): string {
  const token = readIfThere(join(home, 'admin.token'))?.trim() ?? '';
  if (token !== '') return token;
  throw new CodedError('not-found', `${join(home, 'admin.token')} is missing or empty`, {
    help: 'Start the fleet again with: npm start (or export ACCORD_TOKEN)',
  });
}

function urlOf(text: string, file: string): string {
  try {
    const { url } = JSON.parse(text) as { readonly url?: unknown };
    if (typeof url === 'string' && URL.canParse(url)) return url;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new CodedError('garbage', `${file} does not name the address of a hub`, { help: 'Start the fleet again with: npm start' });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' || (cause as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw new CodedError('forbidden', `${path} cannot be read: ${(cause as Error).message}`, {
      help: `Look at its owner and mode: ls -l ${path}`,
      cause,
    });
  }
}
