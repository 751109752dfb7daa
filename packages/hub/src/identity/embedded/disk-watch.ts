import { promises as files } from 'node:fs';
import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';

export interface DiskWatchDeps {
  readonly server: {
    /** Where the streams are. */
    readonly dir: string;
    readonly sinceMs: number;
    restart(): Promise<void>;
  };
  readonly clock: Clock;
  readonly log: Log;
  readonly freeBytes?: (dir: string) => Promise<number>;
}

const mebibyte = 1024 * 1024;
/** Kept free for what spokes report meanwhile: the hub cannot ask them to wait. */
const reserveBytes = 32 * mebibyte;
const everyMs = 1_000;

/**
 * Watches the room on the disk of the streams.
 *
 * A nats-server whose write met a full disk answers nothing, and never again writes to that file until it is started anew (2.15.1). So
 * the hub takes no changes before it comes to that, and starts the server anew when there is room again, or when a write has got no
 * answer although there is.
 */
export class DiskWatch {
  readonly #deps: DiskWatchDeps;
  #freeBytes = Number.POSITIVE_INFINITY;
  #suspectMs = 0;

  constructor(deps: DiskWatchDeps) {
    this.#deps = deps;
  }

  /** As it was looked at last; infinite before, and where nobody says. */
  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** Why nothing may be written now; undefined while there is room. */
  get refusal(): CodedError | undefined {
    if (this.#freeBytes >= reserveBytes) return undefined;
    const left = (this.#freeBytes / mebibyte).toFixed(1);
    return new CodedError('disk-full', `only ${left} MiB are left on the disk of ${this.#deps.server.dir}, and the hub keeps 32 free`, {
      help: 'Make room on that disk; the hub goes on by itself, and nothing was lost.',
    });
  }

  /** To be called when a write that was begun then got no answer in time. */
  suspect(sinceMs: number): void {
    this.#suspectMs = Math.max(this.#suspectMs, sinceMs);
  }

  /** Looks once a second, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log, server } = this.#deps;
    let wasFull = false;
    while (!signal.aborted) {
      const isFull = await this.#isFull();
      // What was begun before the server was started says nothing about it.
      const isSuspect = this.#suspectMs > server.sinceMs;
      if (isFull && !wasFull) log.error('the disk is nearly full; no changes are taken', { because: this.refusal?.message });
      if (!isFull && (wasFull || isSuspect) && !signal.aborted) {
        log.warn(
          wasFull ? 'there is room on the disk again; nats-server is started anew' : 'nats-server stores nothing; it is started anew',
          {},
        );
        await server.restart();
        this.#suspectMs = 0;
      }
      wasFull = isFull;
      await clock.sleep(everyMs, signal);
    }
  }

  async #isFull(): Promise<boolean> {
    const { server, freeBytes = freeBytesOf } = this.#deps;
    this.#freeBytes = await freeBytes(server.dir);
    return this.#freeBytes < reserveBytes;
  }
}

/** For whoever is not root. A file system that does not say how large it is has room. */
async function freeBytesOf(dir: string): Promise<number> {
  const { bavail, bsize, blocks } = await files.statfs(dir);
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}
