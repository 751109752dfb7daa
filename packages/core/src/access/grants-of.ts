import type { CompiledObject } from '../policy/compile-object.ts';
import { grantEndMs } from '../policy/grant-end.ts';
import { bindingKinds, groupKindOf, listAt, textAt } from '../policy/manifest.ts';

/** One right that somebody gets: a role, in one namespace or in the whole cluster. */
export interface Grant {
  readonly subject: { readonly kind: string; readonly name: string; /** Of a service account. */ readonly namespace?: string };
  readonly role: { readonly kind: string; readonly name: string };
  /** Undefined: in the whole cluster. */
  readonly namespace: string | undefined;
}

/** A grant with its end, where it has one. */
export interface EndingGrant extends Grant {
  readonly untilMs: number | undefined;
}

/** Stands for the namespaces that only the cluster knows. */
export const eachNamespace = 'each selected namespace';

/** Who gets which role where, by what a policy puts on a cluster. Sorted, each grant once. */
export function grantsOf(objects: readonly CompiledObject[]): readonly Grant[] {
  const grants = objects
    // A binding that must not be there gives nothing.
    .filter(({ manifest, isAbsent }) => isAbsent !== true && bindingKinds.includes(groupKindOf(manifest)))
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

/** As `grantsOf`; what is given for a time and for good is two grants. */
export function endingGrantsOf(objects: readonly CompiledObject[]): readonly EndingGrant[] {
  const byEnd = Map.groupBy(objects, ({ manifest }) => grantEndMs(manifest));
  return [...byEnd].flatMap(([untilMs, ending]) => grantsOf(ending).map((grant) => ({ ...grant, untilMs })));
}

/** `NAMESPACE/NAME` of a service account. */
export function subjectName({ name, namespace }: { readonly name: string; readonly namespace?: string | undefined }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** `Group team-payments: ClusterRole edit in payments` */
export function renderGrant({ subject, role, namespace }: Grant): string {
  return `${subject.kind} ${subjectName(subject)}: ${role.kind} ${role.name} ${namespace === undefined ? 'in the whole cluster' : `in ${namespace}`}`;
}
