/** Tables as kubectl prints them, metav1.Table. */
import type { ClusterStatus, Kind, KubeObject, PolicyStatus } from '@accord/proto/kube-api';
import { humanDuration } from '@accord/proto/human-duration';

interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer';
  readonly description: string;
  /** 1 for `-o wide` only. */
  readonly priority: number;
  readonly cell: (object: KubeObject, nowMs: number) => string | number;
}

const text = (name: string, description: string, cell: Column['cell'], priority = 0): Column => ({
  name,
  type: 'string',
  description,
  priority,
  cell,
});
const number = (name: string, description: string, cell: Column['cell'], priority = 0): Column => ({
  name,
  type: 'integer',
  description,
  priority,
  cell,
});
const specText =
  (field: string) =>
  ({ spec }: KubeObject): string =>
    typeof spec[field] === 'string' ? spec[field] : '';

function modeOf({ metadata, spec }: KubeObject): string {
  if (metadata.deletionTimestamp !== undefined) return 'Leaving';
  return spec['paused'] === true ? 'Paused' : String(spec['mode'] ?? '');
}

const nameColumn: Column = text('Name', 'Name of the object', ({ metadata }) => metadata.name);
const ageColumn = text('Age', 'Time since it was made', ({ metadata }, nowMs) =>
  humanDuration(nowMs - Date.parse(metadata.creationTimestamp)),
);
const ready = ({ status }: KubeObject): string => status.conditions.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
const ofPolicy =
  (cell: (status: PolicyStatus) => string | number): Column['cell'] =>
  ({ status }) =>
    cell(status as PolicyStatus);
const ofCluster =
  (cell: (status: ClusterStatus) => string | number): Column['cell'] =>
  ({ status }) =>
    cell(status as ClusterStatus);

const columns: Readonly<Record<Kind['kind'], readonly Column[]>> = {
  ClusterPolicy: [
    nameColumn,
    text('Ready', 'True when every selected cluster has it as wanted', ready),
    text(
      'Applied',
      'Clusters that have it as wanted / selected',
      ofPolicy(({ clusters }) => `${clusters.applied}/${clusters.selected}`),
    ),
    text(
      'State',
      'Clusters by state',
      ({ metadata, status }) => (metadata.deletionTimestamp === undefined ? '' : 'leaving: ') + (status as PolicyStatus).summary,
    ),
    number('Revision', 'Grows with each change of the spec', ({ metadata }) => metadata.generation),
    ageColumn,
    number('Priority', 'The higher wins where two policies want one object', ({ spec }) => Number(spec['priority'] ?? 0), 1),
    text('Message', 'What holds it up', ({ status }) => status.conditions.find(({ type }) => type === 'Ready')?.message ?? '', 1),
  ],
  Cluster: [
    nameColumn,
    text('Ready', 'Whether its spoke is there', ready),
    text(
      'Connection',
      'live or offline',
      ofCluster(({ connection }) => connection),
    ),
    text(
      'Sync',
      'Whether it has what was published for it',
      ofCluster(({ sync }) => sync.state),
    ),
    text(
      'Policies',
      'Applied / all',
      ofCluster(({ policies }) => `${policies.applied}/${policies.total}`),
    ),
    text('Mode', 'Enforce, Inform, Paused, or Leaving', modeOf),
    text(
      'Version',
      'Version of Kubernetes',
      ofCluster(({ version }) => version.kubernetes),
    ),
    ageColumn,
    text('Region', 'Region', specText('region'), 1),
    text('Provider', 'Provider', specText('provider'), 1),
    text(
      'Spoke',
      'Version of the spoke',
      ofCluster(({ spoke }) => spoke.version),
      1,
    ),
    text(
      'Permissions',
      'Permission tier of the spoke',
      ofCluster(({ spoke }) => spoke.permissions),
      1,
    ),
  ],
};

export interface TableOptions {
  readonly nowMs: number;
  readonly includeObject: string;
  /** A watch names its columns once. */
  readonly withColumns?: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** True when the caller wants a table more than anything else that is offered. */
export function wantsTable(accept: string | undefined): boolean {
  return /^\s*application\/json\s*;[^,]*\bas=Table\b/.test(accept ?? '');
}

/** The objects as rows. `includeObject` is the query parameter of that name. */
export function tableOf(
  kind: Kind,
  objects: readonly KubeObject[],
  { nowMs, includeObject, withColumns = true, metadata }: TableOptions,
): unknown {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withColumns
      ? columns[kind.kind].map(({ name, type, description, priority }) => ({
          name,
          type,
          format: name === 'Name' ? 'name' : '',
          description,
          priority,
        }))
      : null,
    rows: objects.map((object) => ({
      cells: columns[kind.kind].map(({ cell }) => cell(object, nowMs)),
      object: shownWith(object, includeObject),
    })),
  };
}

function shownWith(object: KubeObject, includeObject: string): unknown {
  if (includeObject === 'None') return null;
  if (includeObject === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}
