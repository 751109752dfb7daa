import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localConfig } from '@accord/local/config';
import { findProgram } from '../find-program.ts';
import { freePort } from '../free-port.ts';

const run = promisify(execFile);

/** In `ACCORD_BIN_DIR`, in the cache, or on the PATH. Throws and says how to get it. */
export function prometheusProgram(name: 'prometheus' | 'promtool'): string {
  const { programDirs, cacheDir } = localConfig(process.env);
  const found = findProgram([name], [...programDirs, join(cacheDir, 'bin')]);
  if (found !== undefined) return found;
  throw new Error(
    `${name} is missing, with which alert rules and dashboard are tested. .ci/run fetches it on Debian; else put the release of https://prometheus.io/download into a directory and name that in ACCORD_BIN_DIR.`,
  );
}

/** What promtool says. Rejects with it when it finds fault. */
export async function promtool(args: readonly string[], input = ''): Promise<string> {
  const asked = run(prometheusProgram('promtool'), args);
  asked.child.stdin?.end(input);
  const { stdout, stderr } = await asked;
  return stdout + stderr;
}

export interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus on loopback, with its data in a directory that the caller removes. */
export class Prometheus {
  readonly #child: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
  }

  /** `config` is YAML, of which JSON is a part. */
  static async start(dir: string, config: object): Promise<Prometheus> {
    const port = await freePort();
    const file = join(dir, 'prometheus.json');
    writeFileSync(file, JSON.stringify(config));
    const log = openSync(join(dir, 'prometheus.log'), 'a');
    const args = [`--config.file=${file}`, `--storage.tsdb.path=${join(dir, 'tsdb')}`, `--web.listen-address=127.0.0.1:${port}`];
    const child = spawn(prometheusProgram('prometheus'), args, { stdio: ['ignore', log, log] });
    closeSync(log);
    return new Prometheus(child, `http://127.0.0.1:${port}`);
  }

  /** An instant query. Rejects when Prometheus cannot evaluate it. */
  async query(query: string): Promise<readonly Found[]> {
    const { result } = await this.#get<{
      readonly result: readonly { readonly metric: Found['metric']; readonly value: readonly [number, string] }[];
    }>('query', { query });
    return result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  }

  /** Of each rule, whether it was evaluated without an error, and what of it is firing or pending. */
  async rules(): Promise<readonly { readonly name: string; readonly health: string; readonly state: string }[]> {
    const { groups } = await this.#get<{
      readonly groups: readonly { readonly rules: readonly { readonly name: string; readonly health: string; readonly state: string }[] }[];
    }>('rules', {});
    return groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  async #get<Answer>(path: string, query: Readonly<Record<string, string>>): Promise<Answer> {
    const response = await fetch(`${this.#url}/api/v1/${path}?${new URLSearchParams(query).toString()}`);
    const answer = (await response.json()) as { readonly status: string; readonly data: Answer; readonly error?: string };
    if (answer.status !== 'success') throw new Error(`${path} ${JSON.stringify(query)}: ${answer.error}`);
    return answer.data;
  }
}
