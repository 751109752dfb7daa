import { ownershipPolicy } from '@accord/core/guard/ownership-rail';
import { asRecord } from './as-record.ts';
import type { ApplyAnswer, ObjectRef, Refused, RefusalReason, RemoveAnswer, Retry } from './kube.ts';
import { readMeta } from './parse-meta.ts';
import { isMissing, readStatus, type Status, type StatusCause } from './status.ts';
import type { HttpAnswer } from './transport.ts';

export interface ApplyContext {
  readonly ref: ObjectRef;
  readonly seenVersion?: string;
}

/** What an answer to a server-side apply means. Every status has a meaning: nothing is thrown for what a server may say. */
export function classifyApply(answer: HttpAnswer, { ref, seenVersion }: ApplyContext): ApplyAnswer {
  if (answer.status === 200 || answer.status === 201) {
    const meta = readMeta(answer.body)?.meta;
    if (meta === undefined) return showsNothing;
    if (answer.status === 201) return { outcome: 'created', meta };
    return { outcome: meta.resourceVersion === seenVersion ? 'unchanged' : 'changed', meta };
  }
  const status = readStatus(answer);
  // The guard rail says which origin it wants: the one that the object had, or Adopted.
  if (deniedBy(status) === ownershipPolicy && status.message.includes('apply it with accord.dev/origin: ')) {
    return { outcome: 'adoptable', because: status.because };
  }
  return classifyRefusal(status, ref);
}

/** What an answer to a deletion or a release means. */
export function classifyRemove(
  answer: HttpAnswer,
  { ref, how }: { readonly ref: ObjectRef; readonly how: 'removed' | 'released' },
): RemoveAnswer {
  if (answer.status >= 200 && answer.status < 300) {
    // What is gone is told by a Status; what has finalizers is shown as it is now.
    const { deletionTimestamp, finalizers } = readMeta(answer.body)?.meta ?? {};
    if (how === 'removed' && deletionTimestamp !== undefined && finalizers !== undefined) return { outcome: 'terminating', finalizers };
    return asRecord(answer.body) === undefined ? showsNothing : { outcome: how };
  }
  const status = readStatus(answer);
  if (isMissing(status, ref)) return { outcome: 'absent' };
  // All that the server says of a JSON patch whose tests fail: the object changed since it was read.
  if (answer.status === 422 && status.message === 'the server rejected our request due to an error in our request')
    return retry('Conflict', status);
  return classifyRefusal(status, ref);
}

/** Something between us and the server answered in its stead. */
const showsNothing: Retry = { outcome: 'retry', reason: 'ServerError', because: 'the answer shows no object' };

function classifyRefusal(status: Status, ref: ObjectRef): Refused | Retry {
  const denied = deniedBy(status);
  if (denied !== undefined)
    return refused(denied === ownershipPolicy && status.message.includes('this object is not ours') ? 'NotOurs' : 'GuardRail', status);
  switch (status.code) {
    case 401:
      return retry('Unauthenticated', status);
    case 403:
      return refused(reasonOfForbidden(status), status);
    case 404:
      return classifyNotFound(status, ref);
    case 409:
      return status.causes.some(({ reason }) => reason === 'FieldManagerConflict')
        ? refused('FieldConflict', status)
        : retry('Conflict', status);
    case 413:
      return refused('TooLarge', status);
    case 422:
      return classifyInvalid(status);
    case 429:
      return retry('Overloaded', status);
    case 500:
      return classifyServerError(status);
    default:
      return status.code >= 400 && status.code < 500 ? refused('BadRequest', status) : retry('ServerError', status);
  }
}

function reasonOfForbidden({ message, causes }: Status): RefusalReason {
  if (causes.some(({ reason }) => reason === 'NamespaceTerminating')) return 'NamespaceTerminating';
  if (message.includes('attempting to grant RBAC permissions not currently held')) return 'Escalation';
  if (message.includes('exceeded quota:')) return 'QuotaExceeded';
  return 'Forbidden';
}

function classifyNotFound(status: Status, ref: ObjectRef): Refused | Retry {
  // A path that the server does not know is answered in plain text.
  if (!status.isObject) return refused('NoSuchKind', status);
  if (status.details.kind === 'namespaces' && ref.namespace !== undefined) return refused('NamespaceMissing', status);
  // The details name the binding's resource with the role's name. An apply creates what is missing, so it is never the binding itself.
  if (ref.kind.group === 'rbac.authorization.k8s.io' && ref.kind.kind.endsWith('Binding')) return refused('RoleMissing', status);
  return retry('Conflict', status);
}

function classifyInvalid(status: Status): Refused | Retry {
  const { causes } = status;
  if (causes.some(({ field }) => field === 'metadata.uid' || field === 'metadata.resourceVersion')) return retry('Conflict', status);
  if (causes.some(({ reason, message }) => reason === 'FieldValueForbidden' && message.includes('stale write')))
    return refused('StaleDocumentRefused', status);
  if (causes.some(({ reason }) => reason === 'FieldValueTooLong')) return refused('TooLarge', status);
  if (causes.some(isImmutable)) return refused('Immutable', status);
  return refused('Invalid', status);
}

/** The sentence says it in one of few ways; the field and the reason differ by kind. */
function isImmutable({ reason, message }: StatusCause): boolean {
  return (
    (reason === 'FieldValueInvalid' || reason === 'FieldValueForbidden') && /is immutable|cannot change|may not (be )?change/.test(message)
  );
}

/** Two kinds of 500 are for ever: without a look at the sentence the spoke would repeat them for ever. */
function classifyServerError(status: Status): Refused | Retry {
  if (status.message.startsWith('failed to create typed patch object')) return refused('Invalid', status);
  if (status.message.includes('etcdserver: request is too large')) return refused('TooLarge', status);
  return retry('ServerError', status);
}

/** The admission policy or webhook that refused. Its author chooses the status code, so any may come. */
function deniedBy({ code, message }: Status): string | undefined {
  if (code < 400 || code >= 500) return undefined;
  return (
    /ValidatingAdmissionPolicy '([^']+)' with binding '[^']*' denied request/.exec(message)?.[1] ??
    /admission webhook "([^"]+)" denied the request/.exec(message)?.[1]
  );
}

function refused(reason: RefusalReason, { because }: Status): Refused {
  return { outcome: 'refused', reason, because };
}

function retry(reason: Retry['reason'], { because, retryAfterMs }: Status): Retry {
  return { outcome: 'retry', reason, because, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}
