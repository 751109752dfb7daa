import { describeGuardrail } from '@accord/proto/describe-guardrail';
import type { Preview, Row } from '@accord/proto/api';
import { Document } from 'yaml';
import type { Paint } from '../terminal.ts';
import type { ClusterResource, PolicyResource } from '../resources.ts';
import { ageOf } from './age.ts';
import type { Outlook } from '../outlook.ts';
import { renderObject } from './object-key.ts';
import { renderOutlook } from './outlook.ts';
import { connectionOf } from './resource-tables.ts';
import { renderLabels, renderSelector } from './selector.ts';
import { renderSection, renderTable } from './table.ts';

export interface DescribedPolicy {
  readonly policy: PolicyResource;
  readonly rows: readonly Row[];
  /** Undefined where the caller may not ask for it. */
  readonly preview: Preview | undefined;
  readonly nowMs: number;
}

/** A policy for people: what it says, where it goes and where not and why, and how it stands there. */
export function describePolicy({ policy, rows, preview, nowMs }: DescribedPolicy, paint: Paint): readonly string[] {
  const { metadata, spec } = policy;
  const { description, clusterSelector, ...content } = spec;
  const leaving = metadata.deletionTimestamp === undefined ? [] : [['Deleting', `since ${ageOf(metadata.deletionTimestamp, nowMs)}`]];
  const head = renderTable([
    ['Name', metadata.name],
    ...(description === '' ? [] : [['Description', description]]),
    ['Revision', String(metadata.generation)],
    ['Created', `${metadata.creationTimestamp ?? '<unknown>'} (${ageOf(metadata.creationTimestamp, nowMs)} ago)`],
    ...leaving,
    ['Labels', renderLabels(metadata.labels)],
    ['Selects', renderSelector(clusterSelector)],
  ]);
  return joinSections([
    head,
    renderSection(paint('bold', 'Content'), yamlLines(content)),
    renderSection(paint('bold', `Clusters (${rows.length})`), rows.length === 0 ? ['It reaches no cluster.'] : rows.flatMap(rowLines)),
    renderSection(
      paint('bold', 'Not selected'),
      renderTable((preview?.notSelected ?? []).map(({ cluster, because }) => [cluster, because])),
    ),
    renderSection(
      paint('bold', 'Warnings'),
      (preview?.warnings ?? []).map(({ path, message, help }) => `${path}: ${message} ${help}`.trimEnd()),
    ),
  ]);
}

export interface DescribedCluster {
  readonly cluster: ClusterResource;
  readonly rows: readonly Row[];
  /** Where the cluster only compares. */
  readonly outlook?: readonly Outlook[] | undefined;
  readonly nowMs: number;
}

/** A cluster for people: what it is, how it is connected, and how each of its policies stands. */
export function describeCluster({ cluster, rows, outlook, nowMs }: DescribedCluster, paint: Paint): readonly string[] {
  const { metadata, spec, status } = cluster;
  const head = renderTable([
    ['Name', metadata.name],
    ['Labels', renderLabels(metadata.labels)],
    ['Mode', spec.mode],
    ['Ready', status.ready],
    ['Connection', connectionOf(status, nowMs)],
    ['Sync', status.sync.state],
    ['Kubernetes', status.version.kubernetes || '-'],
    ['Spoke', `${status.spoke.version || '-'}${status.spoke.permissions === '' ? '' : `, permissions ${status.spoke.permissions}`}`],
    ['Joined', `${metadata.creationTimestamp ?? '<unknown>'} (${ageOf(metadata.creationTimestamp, nowMs)} ago)`],
  ]);
  const conditions = status.conditions.map(({ type, status: value, reason, message }) => [type, value, reason, message]);
  return joinSections([
    head,
    renderSection(paint('bold', 'Guardrail'), renderTable(status.guardrail === undefined ? [] : describeGuardrail(status.guardrail))),
    renderSection(paint('bold', 'Conditions'), renderTable(conditions)),
    renderSection(paint('bold', 'Alarms'), status.alarms),
    renderSection(paint('bold', 'If it were enforced'), outlook === undefined ? [] : renderOutlook(cluster, outlook)),
    renderSection(paint('bold', `Policies (${rows.length})`), rows.length === 0 ? ['No policy reaches it.'] : rows.flatMap(rowLines)),
  ]);
}

/** The sentence first; under it every object that is held up, and what was kept. */
export function rowLines({ sentence, problems, retained }: Row): readonly string[] {
  const more = problems.length > 1 ? problems.map(({ object, state, message }) => `  ${state} ${renderObject(object)}: ${message}`) : [];
  const kept = retained.length === 0 ? [] : [`  kept: ${retained.map(renderObject).join(', ')}`];
  return [`- ${sentence}`, ...more, ...kept];
}

function yamlLines(content: object): readonly string[] {
  if (Object.keys(content).length === 0) return [];
  return new Document(content, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 }).trimEnd().split('\n');
}

function joinSections(sections: readonly (readonly string[])[]): readonly string[] {
  return sections.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}
