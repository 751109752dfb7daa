import { CodedError, type ErrorCode } from '@accord/proto/coded-error';
import type { Fault } from '@accord/core/policy/fault';

export interface RefusalOptions {
  readonly help?: string;
  /** Where the code alone does not say it: 400 instead of 422, 405, 415. */
  readonly status?: number;
  readonly faults?: readonly Fault[];
  /** Which object is meant, for clients that name it themselves. */
  readonly object?: RefusedObject;
  /** Of a 429. */
  readonly retryAfterSeconds?: number;
}

export interface RefusedObject {
  readonly kind: string;
  readonly name: string;
}

/** A request that is answered with an error: the code of the closed list, and what HTTP adds to it. */
export class Refusal extends CodedError {
  readonly status: number;
  readonly faults: readonly Fault[];
  readonly object: RefusedObject | undefined;
  readonly retryAfterSeconds: number;

  constructor(code: ErrorCode, message: string, { help, status, faults = [], object, retryAfterSeconds = 60 }: RefusalOptions = {}) {
    super(code, message, help === undefined ? {} : { help });
    this.status = status ?? statusOf[code];
    this.faults = faults;
    this.object = object;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Any failure as it is answered. */
export function refusalOf(error: CodedError): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(error.code, error.message, error.help === undefined ? {} : { help: error.help });
}

const statusOf: Readonly<Record<ErrorCode, number>> = {
  'bad-signature': 401,
  busy: 429,
  conflict: 409,
  'disk-full': 507,
  exists: 409,
  forbidden: 403,
  garbage: 400,
  gone: 410,
  invalid: 422,
  'missing-program': 500,
  'not-found': 404,
  'port-in-use': 500,
  timeout: 504,
  'too-large': 413,
  unauthenticated: 401,
  unavailable: 503,
  unsupported: 501,
};
