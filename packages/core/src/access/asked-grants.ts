/** Which grants somebody asks for. */
import { nearestName } from '../policy/nearest-name.ts';
import { eachNamespace, subjectName, type EndingGrant } from './grants-of.ts';

const subjectKinds = ['User', 'Group', 'ServiceAccount'] as const;
const roleKinds = ['ClusterRole', 'Role'] as const;

export interface AskedGrants {
  /** `User/carol`, `Group/team`, `ServiceAccount/NAMESPACE/NAME`, or the name alone. */
  readonly subject?: string | undefined;
  /** `ClusterRole/view`, or the name alone. */
  readonly role?: string | undefined;
  /** What holds there: in the namespace itself, in each selected namespace, and in the whole cluster. */
  readonly namespace?: string | undefined;
}

export type AskedFault = { readonly field: keyof AskedGrants; readonly message: string; readonly help: string };

/** Undefined where everything that is asked can be understood. A name that nothing is given to is no fault: it may nothing. */
export function askedFault({ subject = '', role = '' }: AskedGrants): AskedFault | undefined {
  if (/^ServiceAccount\/[^/]*\/?$/.test(subject))
    return { field: 'subject', message: 'names no namespace', help: 'Write ServiceAccount/NAMESPACE/NAME.' };
  const [kind = '', name] = role.split('/', 2);
  // No name of a role has a slash, as it stands in a path.
  if (name === undefined || roleKinds.some((known) => known === kind)) return undefined;
  const near = nearestName(kind, roleKinds);
  const help = near === undefined ? `Write ${roleKinds.join('/NAME or ')}/NAME.` : `Did you mean ${near}/${name}?`;
  return { field: 'role', message: 'has no such kind', help };
}

/** Made once, asked for many. What ended at `nowMs` is over. */
export function grantTest({ subject = '', role = '', namespace = '' }: AskedGrants, nowMs: number): (grant: EndingGrant) => boolean {
  const isSubject = subjectKinds.some((kind) => subject.startsWith(`${kind}/`));
  const isRole = role.includes('/');
  return (grant) => {
    if ((grant.untilMs ?? Number.POSITIVE_INFINITY) <= nowMs) return false;
    if (namespace !== '' && ![undefined, eachNamespace, namespace].includes(grant.namespace)) return false;
    if (role !== '' && (isRole ? `${grant.role.kind}/${grant.role.name}` : grant.role.name) !== role) return false;
    if (subject === '') return true;
    const name = subjectName(grant.subject);
    return (isSubject ? `${grant.subject.kind}/${name}` : name) === subject;
  };
}
