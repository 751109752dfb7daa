import { asRecord } from './as-record.ts';
import type { ObjectRef } from './kube.ts';
import type { HttpAnswer } from './transport.ts';

export interface StatusCause {
  readonly reason: string;
  readonly field: string;
  readonly message: string;
}

/** A refusal of the API server. Source: k8s.io/apimachinery, meta/v1 Status. Absent parts are empty. */
export interface Status {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  /** The message as it may be shown: one line, no control characters, not endless. */
  readonly because: string;
  readonly details: { readonly kind: string; readonly group: string; readonly name: string };
  readonly causes: readonly StatusCause[];
  /** False when the body was plain text. */
  readonly isObject: boolean;
  readonly retryAfterMs: number | undefined;
}

/** Never fails: a refusal of whatever shape is a refusal. */
export function readStatus({ status, body, retryAfterMs }: HttpAnswer): Status {
  const wire = asRecord(body) ?? {};
  const details = asRecord(wire['details']) ?? {};
  const message = typeof body === 'string' ? body.trim() : textOf(wire['message']);
  const causes = Array.isArray(details['causes']) ? details['causes'] : [];
  return {
    code: status,
    reason: textOf(wire['reason']),
    message,
    because: sentence(message === '' ? `status ${status}` : message),
    details: { kind: textOf(details['kind']), group: textOf(details['group']), name: textOf(details['name']) },
    causes: causes.map(asRecord).map((cause = {}) => ({
      reason: textOf(cause['reason']),
      field: textOf(cause['field']),
      message: textOf(cause['message']),
    })),
    isObject: wire['kind'] === 'Status',
    retryAfterMs,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** True when the answer says that the very object of the request is not there. */
export function isMissing({ code, isObject, details }: Status, { kind, name }: ObjectRef): boolean {
  return code === 404 && isObject && details.name === name && details.kind === kind.resource;
}

/** Some messages repeat the whole object. */
const lettersMax = 1_000;
const control = /[\p{Cc}\u2028\u2029]/gu;

function sentence(message: string): string {
  const shown = message.length > lettersMax ? `${message.slice(0, lettersMax)}…` : message;
  return shown.replaceAll(control, escapeControl);
}

function escapeControl(character: string): string {
  const escaped = JSON.stringify(character).slice(1, -1);
  return escaped === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : escaped;
}
