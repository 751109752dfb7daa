/**
 * A consumer of ClusterProfiles, as the guide of the Cluster Inventory API tells one to be: it finds a member by its id, looks whether it
 * is healthy, reads its version and properties, and builds a client configuration from the access provider that it has a plugin for.
 */
import type { KubeClient } from '@accord/local/control-plane/kube-client';

export interface ClusterProfile {
  readonly apiVersion: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly managedFields: readonly { readonly manager: string }[];
  };
  readonly spec: { readonly displayName: string; readonly clusterManager: { readonly name: string } };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason: string }[];
    readonly version?: { readonly kubernetes?: string };
    readonly properties?: readonly { readonly name: string; readonly value: string }[];
    readonly accessProviders?: readonly AccessProvider[];
    readonly credentialProviders?: readonly AccessProvider[];
  };
}

export interface AccessProvider {
  readonly name: string;
  readonly cluster: {
    readonly server: string;
    readonly 'certificate-authority-data'?: string;
    readonly extensions?: readonly { readonly name: string; readonly extension: unknown }[];
  };
}

/** What the file `--clusterprofile-provider-file` of a consumer holds. */
export interface ProviderConfig {
  readonly providers: readonly { readonly name: string; readonly execConfig: Readonly<Record<string, unknown>> }[];
}

/** The profiles of one namespace that a label selector finds. */
export async function listProfiles(
  client: KubeClient,
  { version, namespace, selector }: { readonly version: string; readonly namespace: string; readonly selector: string },
): Promise<readonly ClusterProfile[]> {
  const path = `/apis/multicluster.x-k8s.io/${version}/namespaces/${namespace}/clusterprofiles?labelSelector=${encodeURIComponent(selector)}`;
  const { status, body } = await client.send({ method: 'GET', path });
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return (body as { readonly items: readonly ClusterProfile[] }).items;
}

export function isHealthy({ status }: ClusterProfile): boolean {
  return status?.conditions?.find(({ type }) => type === 'ControlPlaneHealthy')?.status === 'True';
}

export function propertyOf({ status }: ClusterProfile, name: string): string | undefined {
  return status?.properties?.find((property) => property.name === name)?.value;
}

/** KEP-5339: server, CA and extensions from the profile; how to log in from the consumer's own file. */
export function buildConfig({ metadata, status }: ClusterProfile, { providers }: ProviderConfig): object {
  const offered = [...(status?.accessProviders ?? []), ...(status?.credentialProviders ?? [])];
  const provider = providers.find(({ name }) => offered.some((other) => other.name === name));
  const access = offered.find(({ name }) => name === provider?.name);
  if (provider === undefined || access === undefined) throw new Error(`no provider for ${metadata.name}`);
  const { name } = metadata;
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: access.cluster }],
    users: [{ name, user: { exec: provider.execConfig } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
}
