/** The only place where a failure becomes HTTP: problems (RFC 9457) under /v1, Status objects elsewhere. */
import { STATUS_CODES } from 'node:http';
import type { Problem } from '@accord/proto/api';
import { apiGroup, type Status } from '@accord/proto/kube-api';
import type { Refusal } from './refusal.ts';

/** All faults stand in `detail`; `path` is that of the first. */
export function problemOf(refusal: Refusal): Problem {
  const { code, message, status, help, faults } = refusal;
  const [first] = faults;
  return {
    type: `https://accord.dev/errors/${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail:
      faults.length === 0
        ? message
        : `${message}: ${faults.map((fault) => `${fault.path}: ${fault.message} ${fault.help}`.trimEnd()).join(' ')}`,
    ...(first !== undefined && { path: first.path }),
    ...(help !== undefined && { help }),
  };
}

/** The help stands in the message, because kubectl shows nothing else. */
export function statusOf(refusal: Refusal): Status {
  const { code, message, status, help, faults, object, retryAfterSeconds } = refusal;
  const sentences = [message, ...faults.map((fault) => `${fault.path}: ${fault.message} ${fault.help}`.trimEnd())];
  const causes = faults.map((fault) => ({
    reason: `FieldValue${fault.code}`,
    message: `${fault.message} ${fault.help}`.trimEnd(),
    field: fault.path,
  }));
  const details = {
    ...(object !== undefined && { ...object, group: apiGroup }),
    ...(causes.length > 0 && { causes }),
    ...(code === 'busy' && { retryAfterSeconds }),
  };
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: [faults.length > 0 ? sentences.join('\n* ') : message, ...(help === undefined ? [] : [help])].join(
      faults.length > 0 ? '\n' : '. ',
    ),
    reason: code === 'exists' ? 'AlreadyExists' : (reasonOf[status] ?? 'InternalError'),
    ...(Object.keys(details).length > 0 && { details }),
    code: status,
  };
}

// Source: k8s.io/apimachinery, metav1.StatusReason.
const reasonOf: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
  504: 'Timeout',
  507: 'InsufficientStorage',
};
