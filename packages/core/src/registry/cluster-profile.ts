/** A member of the registry as a ClusterProfile of the Cluster Inventory API. Source: KEP-4322, KEP-5339. */
import type { JsonObject } from '@accord/proto/canonical';
import { capacityStatus } from '@accord/proto/capacity-status';
import { originAnnotation, ownerLabel, setsOf } from '@accord/proto/labels';
import type { RegistryRecord } from '@accord/proto/record';

export const inventoryGroup = 'multicluster.x-k8s.io';
/** Which program wrote a profile: label and `spec.clusterManager.name` say the same. */
export const managerLabel = 'x-k8s.io/cluster-manager';
export const managerName = 'accord';
/** Equal in every copy of a profile, and of no other cluster: the id of the cluster. */
export const memberIdLabel = 'multicluster.x-k8s.io/inventory-member-id';

/** Where the served version wants to be told how a cluster is reached. */
export type AccessField = 'accessProviders' | 'credentialProviders';

/** What stands under `status.conditions` of a profile before. */
export type Conditions = readonly { readonly type: string; readonly status: string; readonly lastTransitionTime: string }[];

/** Everything of a profile but its status. The owner label is empty, for no policy owns it. */
export function profileBody({ cluster }: RegistryRecord): JsonObject {
  return {
    metadata: {
      labels: { ...cluster.labels, [ownerLabel]: '', [managerLabel]: managerName, [memberIdLabel]: cluster.id },
      annotations: { [originAnnotation]: 'Created' },
    },
    spec: { displayName: cluster.spec.displayName ?? cluster.name, clusterManager: { name: managerName } },
  };
}

export interface StatusInput {
  readonly record: RegistryRecord;
  /** The cluster that the profile is written in: whoever reads it there has its API server before him. */
  readonly isSelf: boolean;
  readonly accessField: AccessField;
  readonly before: Conditions;
  readonly nowMs: number;
}

/** The status of a profile. A condition keeps its time for as long as its status stays. No credential is in it, as the hub knows none. */
export function profileStatus({ record, isSelf, accessField, before, nowMs }: StatusInput): JsonObject {
  const { kubernetesVersion } = record.status;
  const access = accessProviders(record);
  return {
    conditions: [
      withTime({ ...health(record, isSelf), observedMs: isSelf ? nowMs : record.status.sinceMs }, before),
      withTime({ ...joined(record), observedMs: nowMs }, before),
    ],
    ...(kubernetesVersion === '' ? {} : { version: { kubernetes: kubernetesVersion } }),
    properties: properties(record).map(([name, value]) => ({ name, value })),
    ...(access.length === 0 ? {} : { [accessField]: access }),
  };
}

interface Stated {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** That the hub does not hear a spoke says nothing about the API server beside it: Unknown, and never False. */
function health({ cluster, status: { ready, reason, message } }: RegistryRecord, isSelf: boolean): Stated {
  const type = 'ControlPlaneHealthy';
  if (isSelf) return { type, status: 'True', reason: 'SpokeConnected', message: `The spoke of ${cluster.name} wrote this here.` };
  return { type, status: ready === 'True' ? 'True' : 'Unknown', reason, message };
}

function joined({ cluster }: RegistryRecord): Stated {
  return { type: 'Joined', status: 'True', reason: 'Registered', message: `${cluster.name} is registered at the hub.` };
}

function withTime({ observedMs, ...stated }: Stated & { readonly observedMs: number }, before: Conditions): JsonObject {
  const standing = before.find(({ type, status }) => type === stated.type && status === stated.status);
  // Whole seconds, as every client in Go writes a time.
  const time = standing?.lastTransitionTime ?? new Date(observedMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return { ...stated, lastTransitionTime: time };
}

/** Names of KEP-2149 and of Kubernetes where there is one, else our own. An empty value is none. */
function properties({ cluster, status }: RegistryRecord): readonly (readonly [name: string, value: string])[] {
  const { provider = '', region = '', zones = [] } = cluster.spec;
  const sets = setsOf(cluster.labels);
  const size = Object.entries(capacityStatus(status.capacity) ?? {}).map(
    ([name, value]) => [`${kebab(name)}.capacity.accord.dev`, String(value)] as const,
  );
  const named = [
    ['cluster.clusterset.k8s.io', cluster.id],
    ['clusterset.k8s.io', sets.length === 1 ? (sets[0] ?? '') : ''],
    ['topology.kubernetes.io/region', region],
    ['topology.kubernetes.io/zone', zones.join(',')],
    ['provider.accord.dev', provider],
    ['platform.accord.dev', status.platform],
    ...size,
  ] as const;
  return named.filter(([, value]) => value !== '' && value.length <= valueMax);
}

const valueMax = 1024;

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Under the name `accord`, by which a consumer finds the plugin that knows how to log in; KEP-5339 gives the plugin what it needs to tell clusters apart. */
function accessProviders({ cluster }: RegistryRecord): readonly JsonObject[] {
  const { apiEndpoint, caBundle } = cluster.spec;
  if (apiEndpoint === undefined || !isAddress(apiEndpoint)) return [];
  return [
    {
      name: managerName,
      cluster: {
        server: apiEndpoint,
        ...(caBundle === undefined || caBundle === '' ? {} : { 'certificate-authority-data': caBundle }),
        extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { clusterName: cluster.name, clusterID: cluster.id } }],
      },
    },
  ];
}

/** What v1alpha2 demands; one address that is none must not keep the rest of the status away. */
function isAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).host !== '';
}
