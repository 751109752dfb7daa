/**
 * The closed list of ways in which a peer or an input can fail.
 *
 * `docs/errors.md` says for each what a person does about it; a test keeps the two equal.
 */
export const errorCodes = [
  'bad-signature', // A signed message does not verify, or came on a subject that it does not name.
  'busy', // The peer asks to come back later.
  'conflict', // Somebody else wrote first: load, decide again, write again.
  'disk-full', // The bus or the file system has no room left.
  'exists', // The name is taken.
  'forbidden', // Known, but not allowed.
  'garbage', // Bytes that are no message of ours.
  'gone', // Too old to be served.
  'invalid', // The input breaks a rule; the message names the path.
  'missing-program', // A server program that is needed is neither installed nor buildable.
  'not-found',
  'port-in-use',
  'timeout', // No answer in time; for a write this means unknown, never failed.
  'too-large',
  'unauthenticated', // Nobody, or somebody whose proof is wrong or expired.
  'unavailable', // The peer cannot be reached now.
  'unsupported', // A feature or a version that this program does not know.
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A failure of a peer or of input. Anything else that is thrown is a bug and ends the process. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  /** What to run or to change, as a sentence for people. */
  readonly help: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { readonly help?: string } = {}) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
    this.help = options.help;
  }
}

/** True for a failure that may be answered; false for a bug, which must not be swallowed. */
export function isCoded(error: unknown, ...codes: readonly ErrorCode[]): error is CodedError {
  return error instanceof CodedError && (codes.length === 0 || codes.includes(error.code));
}
