/** Sealed secrets on their way from a policy to the body of an object. What they hold stays sealed here. */
import { canonicalJson, isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { keyParts, objectKey, type ClusterName, type ObjectKey } from '@accord/proto/ids';
import type { PolicySpec } from '@accord/proto/policy';
import type { SealedSecret } from '@accord/proto/sealed-secret';
import type { CompiledObject } from './compile-object.ts';
import type { Fault } from './fault.ts';
import type { LaidOutObject, Place } from './lay-out.ts';
import { groupKindOf, rbacGroup, textAt } from './manifest.ts';

/** The role with which the spoke reads and writes Secrets, and the name of the binding by which it gives that role to itself. */
const secretsRole = 'accord-spoke-secrets';
const spokeAccount = { kind: 'ServiceAccount', namespace: 'accord-system', name: 'accord-spoke' };

type Draft = Pick<LaidOutObject, 'manifest' | 'paths' | 'isOwnGrant'>;

/** The Secrets of a namespace, each with what is sealed in a field that is opened when it is applied, and the grant that they take. */
export function layOutSealed(sealed: readonly SealedSecret[], path: string, { namespace, namespacePath }: Place): readonly Draft[] {
  if (sealed.length === 0) return [];
  const grant: Draft = {
    manifest: secretsGrant(namespace),
    paths: { '': path, 'metadata.namespace': namespacePath },
    isOwnGrant: true,
  };
  return [grant, ...sealed.map((secret, index) => layOutSecret(secret, `${path}[${index}]`, { namespace, namespacePath }))];
}

function layOutSecret({ name, type, ...sealed }: SealedSecret, path: string, { namespace, namespacePath }: Place): Draft {
  return {
    manifest: { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type, sealed },
    paths: { '': path, 'metadata.name': `${path}.name`, 'metadata.namespace': namespacePath, type: `${path}.type`, sealed: path },
  };
}

/** Without what others can open: whether they are added or taken away changes nothing here. */
export function strippedFor<Of extends Pick<CompiledObject, 'manifest'>>(object: Of, cluster: ClusterName): Of {
  const sealed = sealedPart(object.manifest);
  if (sealed === undefined) return object;
  const recipients = (sealed['recipients'] as readonly Json[]).filter((recipient) => textAt(recipient, 'cluster') === cluster);
  return { ...object, manifest: { ...object.manifest, sealed: { ...sealed, recipients } } };
}

/** The sealed secret in the body of an object; undefined where nothing is sealed. */
export function sealedIn(body: JsonObject): { readonly secret: SealedSecret; readonly namespace: string } | undefined {
  const sealed = sealedPart(body);
  if (sealed === undefined) return undefined;
  const [name, namespace] = [textAt(body, 'metadata', 'name'), textAt(body, 'metadata', 'namespace')];
  return { secret: { ...sealed, name, type: body['type'] } as SealedSecret, namespace };
}

/** What the body has in place of data. Lint lets no author write it into a manifest. */
function sealedPart(manifest: JsonObject): JsonObject | undefined {
  const { sealed } = manifest;
  return groupKindOf(manifest) === '/Secret' && isObject(sealed) ? sealed : undefined;
}

/** The binding with which the spoke gives itself the Secrets of a namespace. */
export function secretsGrant(namespace: string) {
  return {
    apiVersion: `${rbacGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: secretsRole, namespace },
    roleRef: { apiGroup: rbacGroup, kind: 'ClusterRole', name: secretsRole },
    subjects: [spokeAccount],
  } satisfies JsonObject;
}

/** Where the binding is with which the spoke reaches the Secrets of a namespace. */
export function secretsGrantKey(namespace: string): ObjectKey {
  return objectKey(rbacGroup, 'RoleBinding', namespace, secretsRole);
}

/** The namespace whose Secrets this object opens to the spoke; undefined for every other object. */
export function secretsGrantIn(key: ObjectKey): string | undefined {
  const { namespace } = keyParts(key);
  return key === secretsGrantKey(namespace) ? namespace : undefined;
}

/** Versions that are lower than before: what was sealed once must not come back in the place of what followed it. */
export function versionFaults(policy: string, before: PolicySpec | undefined, spec: PolicySpec): readonly Fault[] {
  const known = new Map(entriesOf(before).map(({ id, secret }) => [id, secret.version]));
  return entriesOf(spec).flatMap(({ id, secret, namespace, path }): readonly Fault[] => {
    const last = known.get(id) ?? 0;
    if (secret.version >= last) return [];
    return [
      {
        code: 'InvalidValue',
        path: `${path}.version`,
        message: `Version ${secret.version} of Secret ${namespace}/${secret.name} is older than ${last}, which the policy has.`,
        help: `Seal its values again: accord seal ${secret.name} -n ${namespace} --policy ${policy} --from-file KEY=FILE`,
      },
    ];
  });
}

interface Entry {
  /** Of one place in the policy: an override may hold another secret of the same name. */
  readonly id: string;
  readonly secret: SealedSecret;
  readonly namespace: string;
  readonly path: string;
}

function entriesOf(spec: PolicySpec | undefined): readonly Entry[] {
  const inPart = (namespaces: PolicySpec['namespaces'], at: string, path: string): readonly Entry[] =>
    (namespaces ?? []).flatMap(({ name: namespace, sealedSecrets = [] }, index) =>
      sealedSecrets.map((secret, of) => ({
        id: `${at} ${namespace} ${secret.name}`,
        secret,
        namespace,
        path: `${path}[${index}].sealedSecrets[${of}]`,
      })),
    );
  const inOverrides = (spec?.overrides ?? []).flatMap(({ clusterSelector, patch }, index) =>
    inPart((patch as Partial<PolicySpec>).namespaces, canonicalJson(clusterSelector), `spec.overrides[${index}].patch.namespaces`),
  );
  return [...inPart(spec?.namespaces, '', 'spec.namespaces'), ...inOverrides];
}
