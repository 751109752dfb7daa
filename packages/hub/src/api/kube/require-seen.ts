import { apiGroup, type Kind } from '@accord/proto/kube-api';
import { Refusal } from '../refusal.ts';
import { parseVersion } from './resource-version.ts';

export interface Seen {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
}

/** Rejects with `conflict` unless the writer saw the object as it is, or does not say what he saw. */
export function requireSeen(
  kind: Kind,
  name: string,
  seen: Seen,
  current: { readonly uid: string; readonly seq: number } | undefined,
): void {
  const { uid, resourceVersion } = seen;
  if (uid !== undefined && uid !== current?.uid) throw conflict(kind, name, `it has not the uid ${uid}`);
  if (resourceVersion === undefined || resourceVersion === '0') return;
  const version = parseVersion(resourceVersion);
  if (version === undefined)
    throw new Refusal('invalid', 'metadata.resourceVersion: this hub never gave that version', {
      help: 'Leave it out, or read the object again.',
    });
  if (version.seq !== current?.seq) throw conflict(kind, name, 'it was changed since you read it');
}

function conflict({ plural }: Kind, name: string, because: string): Refusal {
  // The words of Kubernetes, because clients look for them.
  return new Refusal('conflict', `Operation cannot be fulfilled on ${plural}.${apiGroup} "${name}": ${because}`, {
    help: 'Read it again, and write again.',
  });
}
