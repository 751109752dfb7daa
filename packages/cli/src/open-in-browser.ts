import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Environment } from './config.ts';

/** An opener that has not failed by then has become the browser. */
const openerMsMax = 2_000;

/** Asks the platform to show an http address. False where nothing could: no opener, no display, or an opener that failed. */
export async function openInBrowser(url: string, env: Environment, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const opener = openerOf(env, platform);
  if (opener === undefined) return false;
  const [program, ...before] = opener;
  const child = spawn(program, [...before, url], { env, stdio: 'ignore', detached: true });
  try {
    const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(openerMsMax) })) as [number | null];
    return code === 0;
  } catch {
    // It could not be started, or it runs.
    return child.pid !== undefined;
  } finally {
    // Until then it is all that keeps this program from ending without a word.
    child.unref();
  }
}

function openerOf(env: Environment, platform: NodeJS.Platform): readonly [string, ...string[]] | undefined {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  switch (platform) {
    case 'win32':
      // A word of the shell, which takes its first quoted argument for a title.
      return ['cmd', '/c', 'start', ''];
    case 'darwin':
      return isSet('SSH_CONNECTION') ? undefined : ['open'];
    default:
      return isSet('DISPLAY') || isSet('WAYLAND_DISPLAY') ? ['xdg-open'] : undefined;
  }
}
