import type { CompiledObject } from '../policy/compile-object.ts';
import { bindingKinds, groupKindOf, listAt, textAt } from '../policy/manifest.ts';

/** One right that somebody gets: a role, in one namespace or in the whole cluster. */
export interface Grant {
  readonly subject: { readonly kind: string; readonly name: string; /** Of a service account. */ readonly namespace?: string };
  readonly role: { readonly kind: string; readonly name: string };
  /** Undefined: in the whole cluster. */
  readonly namespace: string | undefined;
}

/** Stands for the namespaces that only the cluster knows. */
const eachNamespace = 'each selected namespace';

/** Who gets which role where, by what a policy puts on a cluster. Sorted, each grant once. */
export function grantsOf(objects: readonly CompiledObject[]): readonly Grant[] {
  const grants = objects
    .filter(({ manifest }) => bindingKinds.includes(groupKindOf(manifest)))
    .flatMap(({ manifest, namespace: written, isEach }) => {
      const namespace = isEach === true ? eachNamespace : written;
      const role = { kind: textAt(manifest, 'roleRef', 'kind'), name: textAt(manifest, 'roleRef', 'name') };
      return listAt(manifest, 'subjects').map((subject): Grant => {
        const of = textAt(subject, 'namespace');
        return {
          subject: { kind: textAt(subject, 'kind'), name: textAt(subject, 'name'), ...(of !== '' && { namespace: of }) },
          role,
          namespace,
        };
      });
    });
  const byText = new Map(grants.map((grant) => [renderGrant(grant), grant]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, grant]) => grant);
}

/** `Group team-payments: ClusterRole edit in payments` */
export function renderGrant({ subject, role, namespace }: Grant): string {
  const who = subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
  return `${subject.kind} ${who}: ${role.kind} ${role.name} ${namespace === undefined ? 'in the whole cluster' : `in ${namespace}`}`;
}
