import { readFile } from 'node:fs/promises';
import { pinField } from '@accord/proto/labels';
import { Document, parse } from 'yaml';
import { imageOf, withImage, type SpokeImage } from './spoke-image.ts';

/** What the owner of a cluster lets the spoke do there, see docs/reference/permissions.md. */
export const tiers = ['Observe', 'Standard', 'RBACAdmin'] as const;
export type Tier = (typeof tiers)[number];

export interface JoinInput {
  /** For people, on the Secret. */
  readonly cluster: string;
  readonly hubUrl: string;
  readonly hubKey: string;
  readonly token: string;
  readonly tier?: Tier;
  /** PEM of the authority of the hub's certificate; undefined: one that everybody trusts. */
  readonly hubCA?: string | undefined;
  /** The spoke may send its token in clear text. */
  readonly isInsecure?: boolean;
  readonly spoke?: SpokeImage;
  /** The name that the cluster asks for, where its token leaves that to it. */
  readonly askedName?: string;
}

/**
 * Everything that makes a cluster a member, in the order in which it must be applied: kinds, permissions, guard rails, Secret, Deployment.
 *
 * No object of our own kinds is among it: kubectl looks up the kind of every object before it makes the first, and would not find these.
 */
export async function renderJoinManifest(input: JoinInput): Promise<string> {
  const { tier = 'Standard' } = input;
  const [kinds, permissions, guardRails, deployment] = await Promise.all(
    ['crds.yaml', 'rbac.yaml', 'admission-policies.yaml', 'deployment.yaml'].map(readShipped),
  );
  const dryRunOnly = tier === 'Observe' ? [dryRunBinding] : [];
  return [
    kinds,
    ofTier(permissions ?? '', tier),
    guardRails,
    ...dryRunOnly,
    renderJoinSecret(input),
    withImage(deployment ?? '', input.spoke ?? {}),
  ].join('\n---\n');
}

/** The image that is printed where nobody names one. */
export async function shippedImage(): Promise<string> {
  return imageOf(await readShipped('deployment.yaml'));
}

/** The limits of the owner of the cluster, as they are without one. It is an object of our own kind, and so goes in a call of its own. */
export function renderGuardrail(): Promise<string> {
  return readShipped('guardrail/default.yaml');
}

async function readShipped(file: string): Promise<string> {
  return (await readFile(new URL(`../../../../deploy/spoke/${file}`, import.meta.url), 'utf8')).trimEnd();
}

/** The file binds what tier Standard binds. */
const notInObserve: readonly string[] = ['accord-spoke-apply', 'accord-spoke-ceiling', 'accord-spoke-manifests'];
const addedIn: Readonly<Record<Tier, readonly string[]>> = {
  Observe: ['accord-spoke-read'],
  Standard: [],
  RBACAdmin: ['accord-spoke-rbacadmin'],
};

function ofTier(permissions: string, tier: Tier): string {
  const kept = permissions.split('\n---\n').filter((text) => {
    const { kind, metadata } = parse(text) as { readonly kind: string; readonly metadata: { readonly name: string } };
    return !(tier === 'Observe' && kind === 'ClusterRoleBinding' && notInObserve.includes(metadata.name));
  });
  return [...kept, ...addedIn[tier].map(renderBinding)].join('\n---\n');
}

function renderBinding(role: string): string {
  return renderObject({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: role },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: 'accord-spoke', namespace: 'accord-system' }],
  });
}

const dryRunBinding = renderObject({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'accord-spoke-dryrun-only' },
  spec: { policyName: 'accord-spoke-dryrun-only', validationActions: ['Deny', 'Audit'] },
});

/** The Secret from which a spoke takes its environment and its one-time token. */
function renderJoinSecret({ cluster, hubUrl, hubKey, hubCA, isInsecure = false, token, askedName }: JoinInput): string {
  const given = {
    ...(hubCA !== undefined && { ACCORD_HUB_CA: hubCA }),
    ...(isInsecure && { ACCORD_HUB_INSECURE: 'true' }),
    ...(askedName !== undefined && { ACCORD_CLUSTER_NAME: askedName }),
  };
  return renderObject({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'accord-spoke-join', namespace: 'accord-system', annotations: { 'accord.dev/cluster': cluster } },
    type: 'Opaque',
    stringData: { ACCORD_HUB_URL: hubUrl, ACCORD_HUB_KEY: hubKey, ...given, 'join-token': token },
  });
}

/** What has a spoke believe this key of the hub alone. The Secret is its own, and everything else in it stays. */
export function renderPin(hubKey: string): string {
  return renderObject({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'accord-spoke-credential', namespace: 'accord-system' },
    data: { [pinField]: Buffer.from(hubKey).toString('base64') },
  });
}

function renderObject(object: object): string {
  return new Document(object).toString({ lineWidth: 0 }).trimEnd();
}
