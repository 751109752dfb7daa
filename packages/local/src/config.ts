import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** What the environment says about this machine. Nothing else in the package reads the environment. */
export interface LocalConfig {
  /** State of the fleet: `ACCORD_HOME`, by default `accord` in the XDG state directory. */
  readonly home: string;
  /** What may be deleted and is made again: `ACCORD_CACHE`, by default `accord` in the XDG cache directory. */
  readonly cacheDir: string;
  /** Directories that hold server programs, the first one wins: `ACCORD_BIN_DIR`, then `KUBEBUILDER_ASSETS`. */
  readonly programDirs: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Empty variables count as unset. */
export function localConfig(env: Environment): LocalConfig {
  const user = env['HOME'] || homedir();
  const list = (value: string | undefined) => (value ?? '').split(delimiter).filter((entry) => entry !== '');
  return {
    home: resolve(env['ACCORD_HOME'] || join(env['XDG_STATE_HOME'] || join(user, '.local', 'state'), 'accord')),
    cacheDir: resolve(env['ACCORD_CACHE'] || join(env['XDG_CACHE_HOME'] || join(user, '.cache'), 'accord')),
    programDirs: [...list(env['ACCORD_BIN_DIR']), ...list(env['KUBEBUILDER_ASSETS'])].map((dir) => resolve(dir)),
  };
}

/**
 * The environment of our children: what programs need to find files and each other, and nothing that npm or a shell left behind.
 * A proxy setting must not leak into servers that only talk to 127.0.0.1.
 */
export function childEnvironment(env: Environment, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'TZ', 'TMPDIR'].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...extra };
}
