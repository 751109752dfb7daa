import { readFile } from 'node:fs/promises';
import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';

export interface Access {
  readonly token: string;
  readonly ca: string;
}

/** The kubelet replaces a projected token long before it expires, so a minute is soon enough. Source: client-go, transport/token_source.go. */
const rereadMs = 60_000;

/** Token and CA of the API server, as they are in their files now. */
export class AccessFiles {
  readonly #tokenFile: string;
  readonly #caFile: string;
  readonly #clock: Clock;
  #access: Promise<Access> | undefined;
  #readAtMs = 0;

  constructor({ tokenFile, caFile, clock }: { readonly tokenFile: string; readonly caFile: string; readonly clock: Clock }) {
    this.#tokenFile = tokenFile;
    this.#caFile = caFile;
    this.#clock = clock;
  }

  /** At most a minute old. Rejects with `unavailable` when a file cannot be read. */
  read(): Promise<Access> {
    if (this.#access === undefined || this.#clock.now() - this.#readAtMs >= rereadMs) this.forget();
    this.#access ??= this.#load();
    return this.#access;
  }

  /** After a 401: the next read goes to the files. */
  forget(): void {
    this.#access = undefined;
    this.#readAtMs = this.#clock.now();
  }

  async #load(): Promise<Access> {
    try {
      const [token, ca] = await Promise.all([readFile(this.#tokenFile, 'utf8'), readFile(this.#caFile, 'utf8')]);
      return { token: token.trim(), ca };
    } catch (cause) {
      this.#access = undefined;
      throw new CodedError(
        'unavailable',
        `read the access files of the API server: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
  }
}
