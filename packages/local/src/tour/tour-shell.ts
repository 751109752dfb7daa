import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CodedError } from '@accord/proto/coded-error';

export interface Ran {
  readonly output: string;
  readonly ms: number;
}

/** Shows what it runs, and what came of it: every line of the tour can be typed again. */
export class TourShell {
  readonly #place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
  readonly #print: (line: string) => void;

  constructor(place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }, print: (line: string) => void) {
    this.#place = place;
    this.#print = print;
  }

  heading(text: string): void {
    this.#print('');
    this.#print(text);
  }

  note(text: string): void {
    this.#print(`  → ${text}`);
  }

  /** Prints a command line and runs it. Rejects with `unavailable` when it fails. */
  async run(command: string, options: { readonly input?: string; readonly isQuiet?: boolean } = {}): Promise<Ran> {
    this.#print(`  $ ${command}`);
    const startedMs = performance.now();
    const child = spawn('sh', ['-c', command], { ...this.#place, stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const complaints: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    // Whoever has ended already wants no input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    const [code] = (await once(child, 'close')) as [number | null];
    const ms = performance.now() - startedMs;
    const output = Buffer.concat(chunks).toString();
    if (code !== 0)
      throw new CodedError('unavailable', `${command} failed: ${Buffer.concat(complaints).toString().trim()}`, {
        help: 'Look at the fleet: ./accord doctor',
      });
    if (options.isQuiet !== true && output.trim() !== '') for (const line of output.trimEnd().split('\n')) this.#print(`    ${line}`);
    return { output, ms };
  }
}

/** A time as the tour tells it. */
export function shown(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
