import { CodedError, errorCodes, isCoded, type ErrorCode } from '@accord/proto/coded-error';
import { problemSchema } from '@accord/proto/api';
import * as z from 'zod';
import { escapeControls } from './render/escape-controls.ts';

/** A Kubernetes Status, as much of it as is shown. */
const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().default(''),
  reason: z.string().default(''),
  details: z
    .object({ causes: z.array(z.object({ field: z.string().default(''), message: z.string().default('') })).default([]) })
    .optional(),
});

/** The hub does not answer now, and may again: whoever follows it goes on. */
export function isAway(error: unknown): error is CodedError {
  return isCoded(error, 'unavailable', 'timeout', 'busy');
}

/** What a hub that refuses has said, as a failure that ends in what to run. Its lines stay lines; other control characters are shown. */
export function failureOf(what: string, status: number, raw: unknown): CodedError {
  const body = escapeInLines(raw);
  const problem = problemSchema.safeParse(body);
  if (problem.success) {
    const { code, title, detail, path, help } = problem.data;
    const where = path === undefined || detail.includes(path) ? '' : ` (at ${path})`;
    return failure(codeOf(code, status), `${detail || title}${where}`, status === 401 ? undefined : help);
  }
  const kube = statusSchema.safeParse(body);
  if (kube.success) {
    const message = kubeMessage(kube.data);
    // A hub puts its help into the message, because kubectl shows nothing else.
    // What it says to programs about headers is of no use here: this program sends them.
    if (status === 401) return failure('unauthenticated', message.split('. ')[0] ?? message, undefined);
    return failure(codeOf(kube.data.reason, status), message, endsInHelp(message) ? '' : undefined);
  }
  const text = typeof body === 'string' ? body.slice(0, 200) : JSON.stringify(body ?? '').slice(0, 200);
  return failure(codeOf('', status), `${what}: the answer was ${status} ${text}`.trimEnd(), undefined);
}

/** What a person runs when nothing better is known. */
export function helpFor(code: ErrorCode): string {
  switch (code) {
    case 'unauthenticated':
      return 'Set ACCORD_TOKEN to a token that holds (accord token create NAME --role viewer), or start the local fleet: npm start';
    case 'forbidden':
      return 'Ask an admin for a token with the role that is missing: accord token create NAME --role operator';
    case 'not-found':
      return 'See what there is: accord get clusters,policies';
    case 'conflict':
    case 'exists':
      return 'Somebody else was first. Look again, then repeat it: accord get clusters,policies';
    case 'invalid':
    case 'too-large':
    case 'unsupported':
      return 'Correct it and check it first with: accord preview -f FILE';
    case 'busy':
    case 'timeout':
      return 'Try again in a moment; see how the hub is: accord doctor';
    case 'bad-signature':
    case 'disk-full':
    case 'garbage':
    case 'gone':
    case 'missing-program':
    case 'port-in-use':
    case 'unavailable':
      return 'See what is wrong: accord doctor';
  }
}

function escapeInLines(value: unknown): unknown {
  if (typeof value === 'string') return value.trim().split('\n').map(escapeControls).join('\n  ');
  if (Array.isArray(value)) return value.map(escapeInLines);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeInLines(inner)]));
}

function failure(code: ErrorCode, message: string, help: string | undefined): CodedError {
  return new CodedError(code, message, { help: help ?? helpFor(code) });
}

function kubeMessage({ message, reason, details }: z.infer<typeof statusSchema>): string {
  const causes = (details?.causes ?? []).filter((cause) => cause.message !== '' && !message.includes(cause.message));
  return [message || reason, ...causes.map((cause) => (cause.field === '' ? cause.message : `${cause.field}: ${cause.message}`))].join(
    '\n  ',
  );
}

/** The hub writes what is wrong as one sentence, and what to do as the next, or as a list of faults that each say so. */
function endsInHelp(message: string): boolean {
  return /\. \S/.test(message) || message.includes('\n');
}

const reasons: Readonly<Record<string, ErrorCode>> = { AlreadyExists: 'exists', Conflict: 'conflict', Expired: 'gone', Gone: 'gone' };

function codeOf(code: string, status: number): ErrorCode {
  const known = errorCodes.find((candidate) => candidate === code) ?? reasons[code];
  return known ?? byStatus[status] ?? (status < 500 ? 'invalid' : 'unavailable');
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  413: 'too-large',
  415: 'unsupported',
  429: 'busy',
  501: 'unsupported',
  504: 'timeout',
  507: 'disk-full',
};
