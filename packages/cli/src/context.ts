import type { Environment } from './config.ts';
import type { ExitCode } from './exit-codes.ts';
import type { HubClient } from './hub-client.ts';
import type { Terminal } from './terminal.ts';

/** What every verb works with. */
export interface Context {
  /** Made at the first use, so that verbs without a hub need no address of one. Throws `CodedError` when there is none. */
  readonly hub: () => HubClient;
  readonly terminal: Terminal;
  readonly env: Environment;
  readonly stdin: NodeJS.ReadableStream & AsyncIterable<string | Uint8Array> & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Ends standard output, for a program that reads it to its end before it begins. Nothing may be printed after. */
  readonly closeOutput?: () => Promise<void>;
  /** The exit code, when it is not 0. */
  readonly finish: (code: ExitCode) => void;
}
