import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessIdentity } from '@accord/runtime/processes/process-identity';

/** What a guardian must know: it is passed on a command line, so it is small and plain. */
export interface GuardianOrder {
  readonly dir: string;
  readonly parent: ProcessIdentity;
  readonly adopted: readonly { readonly path: string; readonly given: Readonly<Record<string, unknown>> }[];
}

/**
 * A shell that waits for the end of this process, also by SIGKILL, and then stops its children.
 * It costs no memory to speak of: only at the end it turns into a Node process.
 */
export class Guardian {
  readonly #shell: ChildProcess;

  constructor(order: GuardianOrder) {
    // The kernel closes our end of the pipe when we die; nobody else holds it. A word on the pipe is a dismissal.
    const script = 'read -r word || exec "$0" "$@"';
    const args = ['-c', script, process.execPath, fileURLToPath(new URL('./guardian-main.ts', import.meta.url)), JSON.stringify(order)];
    this.#shell = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: {} });
    // Without a shell the next start still cleans up.
    this.#shell.on('error', () => undefined);
    this.#shell.stdin?.on('error', () => undefined);
    this.#shell.unref();
  }

  /** All children have ended: there is nothing left to guard. */
  dismiss(): void {
    this.#shell.stdin?.end('done\n');
  }
}
