import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { asRecord } from './as-record.ts';
import type { ObjectMeta } from './kube.ts';

interface WireMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly Partial<ManagedFieldsEntry>[];
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
}

export interface NamedMeta {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly meta: ObjectMeta;
}

/** Metadata of a whole or a metadata-only object. Rejects with `garbage` what is no Kubernetes object. */
export function parseMeta(object: unknown): NamedMeta {
  const parsed = readMeta(object);
  if (parsed === undefined) throw new CodedError('garbage', 'the API server answered with something that is no object');
  return parsed;
}

/** Undefined for what is no Kubernetes object. */
export function readMeta(object: unknown): NamedMeta | undefined {
  const wire = asRecord(asRecord(object)?.['metadata']) as WireMeta | undefined;
  if (wire === undefined || !hasShape(wire)) return undefined;
  const meta = {
    uid: wire.uid ?? '',
    // What a dry run creates has none.
    resourceVersion: wire.resourceVersion ?? '',
    labels: wire.labels ?? {},
    annotations: wire.annotations ?? {},
    managedFields: (wire.managedFields ?? []).map(parseEntry),
    deletionTimestamp: wire.deletionTimestamp,
    ...((wire.finalizers ?? []).length > 0 && { finalizers: wire.finalizers }),
  };
  return { name: wire.name ?? '', namespace: wire.namespace, meta };
}

/** As far as our own code would fall over it. */
function hasShape({ labels, annotations, managedFields, finalizers }: WireMeta): boolean {
  const entries: unknown = managedFields ?? [];
  const areRecords = asRecord(labels ?? {}) !== undefined && asRecord(annotations ?? {}) !== undefined;
  return areRecords && Array.isArray(finalizers ?? []) && Array.isArray(entries) && entries.every((entry) => asRecord(entry) !== undefined);
}

function parseEntry(entry: Partial<ManagedFieldsEntry>): ManagedFieldsEntry {
  return {
    manager: entry.manager ?? '',
    operation: entry.operation ?? '',
    apiVersion: entry.apiVersion ?? '',
    time: entry.time ?? '',
    subresource: entry.subresource ?? '',
    fieldsV1: entry.fieldsV1 ?? ({} satisfies JsonObject),
  };
}
