import { nearestName } from '@accord/core/policy/nearest-name';
import type { Fault } from '@accord/core/policy/fault';
import { childPath } from '@accord/core/policy/json-path';
import { labelKeyFault } from '@accord/proto/labels';
import { apiVersion, type Kind } from '@accord/proto/kube-api';
import { Refusal } from '../refusal.ts';

type Texts = Readonly<Record<string, string>>;

/** What a person wrote, without what the hub sets. `spec` is not read yet. */
export interface WrittenObject {
  readonly name: string;
  readonly labels: Texts;
  readonly annotations: Texts;
  readonly spec: unknown;
  /** Which state of the object the writer has seen, if he says so. */
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly warnings: readonly string[];
}

const topFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
/** Set by an API server; whoever sends back what he read sends them along. */
const serverFields = [
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
  'finalizers',
];
const metadataFields = ['name', 'labels', 'annotations', 'uid', 'resourceVersion', 'namespace', ...serverFields];
/** Source: k8s.io/apimachinery, validation.TotalAnnotationSizeLimitB. */
const annotationBytesMax = 256 * 1024;

/** Rejects with `invalid`: 400 for what is no such object or has unknown fields, 422 for values. */
export function readObject(input: unknown, kind: Kind, pathName?: string): WrittenObject {
  const object = recordAt(input, '');
  requireKind(object, kind);
  const metadata = recordAt(object['metadata'] ?? {}, 'metadata');
  const unknown = [...unknownFields(object, topFields, ''), ...unknownFields(metadata, metadataFields, 'metadata')];
  if (unknown.length > 0)
    throw new Refusal('invalid', `this ${kind.kind} has fields that it cannot have`, { status: 400, faults: unknown });
  const name = textAt(metadata, 'name') ?? pathName ?? '';
  if (pathName !== undefined && name !== pathName) {
    throw new Refusal('invalid', `metadata.name is "${name}", but the address says "${pathName}"`, {
      status: 400,
      help: 'Use the same name in both.',
    });
  }
  if (textAt(metadata, 'namespace') !== undefined) {
    throw new Refusal('invalid', `metadata.namespace: a ${kind.kind} lives in no namespace`, {
      status: 400,
      help: 'Leave the namespace out.',
    });
  }
  const annotations = textsAt(metadata, 'annotations');
  requireAnnotations(annotations);
  const warnings = object['status'] === undefined ? [] : ['status is set by the hub and was left out'];
  return {
    name,
    labels: textsAt(metadata, 'labels'),
    annotations,
    spec: object['spec'],
    uid: textAt(metadata, 'uid'),
    resourceVersion: textAt(metadata, 'resourceVersion'),
    warnings,
  };
}

function requireKind(object: Readonly<Record<string, unknown>>, { kind, plural }: Kind): void {
  if (object['apiVersion'] === apiVersion && object['kind'] === kind) return;
  throw new Refusal(
    'invalid',
    `${plural} takes apiVersion ${apiVersion} and kind ${kind}, not ${shown(object['apiVersion'])} and ${shown(object['kind'])}`,
    {
      status: 400,
      help: 'Correct apiVersion and kind.',
    },
  );
}

function unknownFields(object: Readonly<Record<string, unknown>>, known: readonly string[], path: string): readonly Fault[] {
  return Object.keys(object)
    .filter((field) => !known.includes(field))
    .map((field) => {
      const near = nearestName(field, known);
      const help =
        near === undefined ? `Known here: ${known.filter((name) => !serverFields.includes(name)).join(', ')}.` : `Did you mean ${near}?`;
      return { code: 'UnknownField' as const, path: childPath(path, field), message: `There is no field ${field} here.`, help };
    });
}

function requireAnnotations(annotations: Texts): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    // Upper case is allowed in the prefix of an annotation, as Kubernetes has it.
    const fault = labelKeyFault(key.toLowerCase());
    if (fault !== undefined) throw new Refusal('invalid', `metadata.annotations["${key}"]: ${fault}`, { help: 'Correct the key.' });
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > annotationBytesMax) {
    throw new Refusal('invalid', `metadata.annotations: ${bytes} bytes, at most ${annotationBytesMax}`, {
      help: 'Keep large texts elsewhere; kubectl replace does not add one.',
    });
  }
}

function recordAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new Refusal('invalid', path === '' ? 'the body is no object' : `${path}: this is no object`, {
    status: 400,
    help: 'Send one Kubernetes object.',
  });
}

function textAt(object: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = object[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new Refusal('invalid', `metadata.${field}: this is no text`, { status: 400, help: 'Put it in quotes.' });
}

function textsAt(metadata: Readonly<Record<string, unknown>>, field: string): Texts {
  const texts = recordAt(metadata[field] ?? {}, `metadata.${field}`);
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== 'string')
      throw new Refusal('invalid', `${childPath(`metadata.${field}`, key)}: this is no text`, {
        status: 400,
        help: `Put it in quotes: "${String(value)}".`,
      });
  }
  return texts as Texts;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 100)}"` : 'none';
}
