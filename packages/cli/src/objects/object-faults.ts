import { clusterHubFields, clusterSpecSchema } from '@accord/proto/cluster';
import { isDnsLabel } from '@accord/proto/ids';
import { nearestName } from '@accord/core/policy/nearest-name';
import { parsePolicy } from '@accord/core/policy/parse-policy';
import { apiVersion } from '@accord/proto/kube-api';
import { kinds } from './kinds.ts';
import { pathSteps } from './path-steps.ts';

/** What is wrong with an object that people wrote: where, and what to do instead. */
export interface ObjectFault {
  readonly path: readonly (string | number)[];
  /** The path as people read it; empty for the whole document. */
  readonly where: string;
  readonly message: string;
  readonly help: string;
}

const topFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** Checks the form before anything is sent, so that a mistake in the last file leaves nothing half done. The hub checks again, and more. */
export function objectFaults(value: unknown): readonly ObjectFault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path: [], where: '', message: 'This is no object.', help: `It begins with: apiVersion: ${apiVersion}` }];
  }
  const document = value as Readonly<Record<string, unknown>>;
  const kindFault = faultOfKind(document);
  if (kindFault !== undefined) return [kindFault];
  const unknown = Object.keys(document).filter((field) => !topFields.includes(field));
  const inForm = unknown.map((field) => fault(field, `There is no field ${field} here.`, nearestHelp(field, topFields)));
  return [...inForm, ...(document['kind'] === 'Cluster' ? clusterFaults(document) : policyFaults(document))];
}

function faultOfKind(document: Readonly<Record<string, unknown>>): ObjectFault | undefined {
  const known = Object.keys(kinds);
  const { kind, apiVersion: version } = document;
  if (typeof kind === 'string' && !known.includes(kind) && nearestName(kind, known) === undefined && version !== apiVersion) {
    const help = 'Put it into objects[].manifest of a ClusterPolicy, which brings it to clusters.';
    return fault('kind', `The hub does not hold the kind ${kind}.`, help);
  }
  if (typeof kind !== 'string' || !known.includes(kind)) {
    const help = typeof kind === 'string' ? nearestHelp(kind, known) : `Write one of ${known.join(', ')}.`;
    return fault(
      kind === undefined ? '' : 'kind',
      kind === undefined ? 'The kind is missing.' : `There is no kind ${JSON.stringify(kind)}.`,
      help,
    );
  }
  if (version === apiVersion) return undefined;
  return fault(
    version === undefined ? '' : 'apiVersion',
    `The apiVersion is ${version === undefined ? 'missing' : JSON.stringify(version)}.`,
    `Write: apiVersion: ${apiVersion}`,
  );
}

function policyFaults(document: unknown): readonly ObjectFault[] {
  const parsed = parsePolicy(document);
  return parsed.outcome === 'parsed' ? [] : parsed.faults.map(({ path, message, help }) => fault(path, message, help));
}

function clusterFaults({ metadata, spec = {} }: Readonly<Record<string, unknown>>): readonly ObjectFault[] {
  const { name } = (metadata ?? {}) as { readonly name?: unknown };
  const named = typeof name === 'string' && isDnsLabel(name);
  const nameFaults = named
    ? []
    : [fault('metadata.name', 'A cluster needs a DNS label as its name.', 'Use lower-case letters, digits and "-".')];
  const result = clusterSpecSchema.safeParse(withoutHubFields(spec));
  const specFaults = (result.error?.issues ?? []).map(({ path, message }) => fault(['spec', ...path].join('.'), `${message}.`, ''));
  return [...nameFaults, ...specFaults];
}

/** The hub leaves them out as well, so that what it gave can be written again. */
export function withoutHubFields(spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) return spec;
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !clusterHubFields.includes(field)));
}

function fault(where: string, message: string, help: string): ObjectFault {
  return { path: pathSteps(where), where, message, help };
}

function nearestHelp(written: string, known: readonly string[]): string {
  const near = nearestName(written, known);
  return near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`;
}
