import { renderStates } from './counts.ts';
import { ageOf } from './age.ts';
import { renderLabels, renderSelector } from './selector.ts';
import type { ClusterResource, PolicyResource } from '../resources.ts';

export interface TableStyle {
  readonly wide: boolean;
  readonly nowMs: number;
}

/** Heading and cells, for `renderTable`. */
export type Columns<Resource> = readonly (readonly [heading: string, cell: (resource: Resource) => string])[];

export function clusterColumns({ wide, nowMs }: TableStyle): Columns<ClusterResource> {
  const columns: Columns<ClusterResource> = [
    ['NAME', ({ metadata }) => metadata.name],
    ['READY', ({ status }) => status.ready],
    ['CONNECTION', ({ status }) => connectionOf(status, nowMs)],
    ['SYNC', ({ status }) => status.sync.state],
    ['POLICIES', ({ status }) => `${status.policies.applied}/${status.policies.total}`],
    ['MODE', ({ metadata, spec }) => (metadata.deletionTimestamp === undefined ? modeOf(spec) : 'Leaving')],
    ['VERSION', ({ status }) => orDash(status.version.kubernetes)],
    ['REGION', ({ spec, metadata }) => orDash(spec.region || (metadata.labels['region'] ?? ''))],
    ['AGE', ({ metadata }) => ageOf(metadata.creationTimestamp, nowMs)],
  ];
  const more: Columns<ClusterResource> = [
    ['PROVIDER', ({ spec, metadata }) => orDash(spec.provider || (metadata.labels['provider'] ?? ''))],
    ['SPOKE', ({ status }) => orDash(status.spoke.version)],
    ['PERMISSIONS', ({ status }) => orDash(status.spoke.permissions)],
    ['LABELS', ({ metadata }) => renderLabels(metadata.labels)],
  ];
  return wide ? [...columns, ...more] : columns;
}

export function policyColumns({ wide, nowMs }: TableStyle): Columns<PolicyResource> {
  const columns: Columns<PolicyResource> = [
    ['NAME', ({ metadata }) => metadata.name],
    ['READY', ({ metadata, status }) => (metadata.deletionTimestamp === undefined ? conditionOf(status.conditions, 'Ready') : 'Deleting')],
    ['REVISION', ({ metadata }) => String(metadata.generation)],
    ['CLUSTERS', ({ status }) => `${status.clusters.applied}/${status.clusters.selected}`],
    ['STATES', ({ status }) => renderStates(status.counts)],
    ['AGE', ({ metadata }) => ageOf(metadata.creationTimestamp, nowMs)],
  ];
  const more: Columns<PolicyResource> = [
    ['PRIORITY', ({ spec }) => String(spec.priority)],
    ['SELECTOR', ({ spec }) => renderSelector(spec.clusterSelector)],
    ['DESCRIPTION', ({ spec }) => orDash(spec.description)],
  ];
  return wide ? [...columns, ...more] : columns;
}

/** The rows of a table, heading first where it is wanted. */
export function tableRows<Resource>(
  columns: Columns<Resource>,
  resources: readonly Resource[],
  heading = true,
): readonly (readonly string[])[] {
  const rows = resources.map((resource) => columns.map(([, cell]) => cell(resource)));
  return heading ? [columns.map(([name]) => name), ...rows] : rows;
}

function conditionOf(conditions: readonly { readonly type: string; readonly status: string }[], type: string): string {
  return conditions.find((condition) => condition.type === type)?.status ?? 'Unknown';
}

/** `live`, or since when it is not. */
export function connectionOf({ connection, offlineSince }: ClusterResource['status'], nowMs: number): string {
  return connection === 'offline' && offlineSince !== undefined ? `offline (${ageOf(offlineSince, nowMs)})` : connection;
}

function modeOf({ paused, mode }: ClusterResource['spec']): string {
  return paused ? 'Paused' : orDash(mode);
}

function orDash(text: string): string {
  return text === '' ? '-' : text;
}
