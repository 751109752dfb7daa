import { CodedError, type ErrorCode } from '@accord/proto/coded-error';
import { errors } from '@nats-io/transport-node';

/** What JetStream puts into an answer that refuses. */
export interface ApiError {
  readonly code: number;
  readonly err_code?: number;
  readonly description?: string;
}

// Numbers of nats-server 2.15, server/errors.json.
export const noMessageFound = 10_037;
export const streamNotFound = 10_059;

const codeOfNumber: Readonly<Record<number, ErrorCode>> = {
  10_002: 'disk-full', // resource limits exceeded for account
  10_014: 'not-found', // consumer not found
  10_023: 'disk-full', // insufficient resources
  10_047: 'disk-full', // insufficient storage resources available
  10_054: 'too-large', // message size exceeds maximum allowed
  10_059: 'not-found', // stream not found
  10_071: 'conflict', // wrong last sequence
  10_077: 'disk-full', // the store's own error: maximum bytes or messages exceeded, no space left
  10_097: 'too-large', // header size exceeds maximum allowed
  10_163: 'conflict', // another batch with an expectation on this subject is in flight
  10_164: 'conflict', // wrong last sequence, in a cluster
  10_199: 'too-large', // atomic publish batch is too large
};

/** A refusal by JetStream. What the list does not know is `unavailable`: nothing was stored, and later it may be. */
export function refusal(error: ApiError, doing: string): CodedError {
  const code = codeOfNumber[error.err_code ?? 0] ?? 'unavailable';
  return new CodedError(code, `${doing}: ${error.description ?? 'refused'} (${error.err_code ?? error.code})`);
}

/** A failure of the client's own request. Only for what it throws: anything else is a bug and is thrown on. */
export function requestFailure(thrown: unknown, doing: string): CodedError {
  const cause = thrown instanceof errors.RequestError && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (cause instanceof errors.TimeoutError) return new CodedError('timeout', `${doing}: no answer in time`, { cause });
  if (cause instanceof errors.NoRespondersError) return new CodedError('unavailable', `${doing}: nobody answers there`, { cause });
  if (cause instanceof errors.PermissionViolationError) return new CodedError('forbidden', `${doing}: ${cause.message}`, { cause });
  // The one argument that depends on the server and not on us.
  if (cause instanceof errors.InvalidArgumentError && cause.message.includes('max_payload'))
    return new CodedError('too-large', `${doing}: ${cause.message}`, { cause });
  if (cause instanceof errors.ClosedConnectionError || cause instanceof errors.DrainingConnectionError)
    return new CodedError('unavailable', `${doing}: the bus is closed`, { cause });
  if (cause instanceof errors.RequestError) return new CodedError('timeout', `${doing}: ${cause.message}`, { cause });
  throw thrown;
}
