import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';

/** How far this hub has seen the streams come, kept beside its keys and not on the bus. */
export interface HighWater {
  readonly intentSeq: number;
  /** SHA-256, hex, of the statement at that place. */
  readonly intentDigest: string;
  readonly fleetSeq: number;
  readonly epoch: number;
}

const nothing: HighWater = { intentSeq: 0, intentDigest: '', fleetSeq: 0, epoch: 0 };

/**
 * The high-water mark: a bus that comes back with less than it had must not look like people who took back what they decided.
 */
export class HighWaterFile {
  readonly #path: string;
  #mark: HighWater = nothing;
  #writing: Promise<void> = Promise.resolve();
  readonly #onFailure: (error: unknown) => void;
  #failure: unknown;

  /** `onFailure` hears of each write that failed; the next mark is written all the same. */
  constructor(dataDir: string, onFailure: (error: unknown) => void = () => undefined) {
    this.#path = join(dataDir, 'high-water.json');
    this.#onFailure = onFailure;
  }

  get mark(): HighWater {
    return this.#mark;
  }

  /** A missing file is a first start. Rejects with `garbage` when it cannot be read, because guessing could delete things. */
  async load(): Promise<HighWater> {
    const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return nothing;
    try {
      this.#mark = { ...nothing, ...(JSON.parse(text) as Partial<HighWater>) };
    } catch (cause) {
      throw new CodedError('garbage', `${this.#path} cannot be read`, {
        cause,
        help: 'Restore it from a backup, or see: accord-hub --help',
      });
    }
    return this.#mark;
  }

  /** Raises the mark. Written behind the caller's back, the newest state only; a mark that is a little old does no harm. */
  raise(next: Partial<HighWater>): void {
    this.#mark = { ...this.#mark, ...next };
    const mark = this.#mark;
    this.#writing = this.#writing.then(() => (mark === this.#mark ? this.#write(mark) : undefined));
  }

  /** Rejects with `unavailable` when the newest mark could not be written. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw new CodedError('unavailable', `${this.#path} cannot be written`, { cause: this.#failure });
  }

  /** A full disk must not end the hub here: nobody waits for this write, and an older mark does no harm. */
  async #write(mark: HighWater): Promise<void> {
    this.#failure = undefined;
    try {
      await writeFile(`${this.#path}.new`, JSON.stringify(mark), { mode: 0o600 });
      await rename(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.#failure = error;
      this.#onFailure(error);
    }
  }
}
