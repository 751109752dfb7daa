import { createHash } from 'node:crypto';
import type { JsonObject } from '@accord/proto/canonical';
import { clusterSpecSchema } from '@accord/proto/cluster';
import { apiGroup, apiGroupVersion, apiVersion, clusterStatusSchema, kinds, policyStatusSchema, type Kind } from '@accord/proto/kube-api';
import { policySpecSchema } from '@accord/proto/policy';
import { programVersion } from '@accord/proto/version';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { describeSchema } from './describe-schema.ts';

/** The document of the group, and its place under a hash, so that clients keep it until it changes. */
export interface GroupDocument {
  readonly index: JsonObject;
  readonly document: JsonObject;
  readonly hash: string;
}

const documentPath = `/openapi/v3/apis/${apiVersion}`;
const specOf: Readonly<Record<Kind['kind'], z.core.$ZodType>> = { Cluster: clusterSpecSchema, ClusterPolicy: policySpecSchema };
const statusOf: Readonly<Record<Kind['kind'], z.core.$ZodType>> = { Cluster: clusterStatusSchema, ClusterPolicy: policyStatusSchema };

/** Made from the schemas that read what people write, so it never promises more; the descriptions come from the installed kinds. */
export function groupDocument(crds: string): GroupDocument {
  const described = describedKinds(crds);
  const document: JsonObject = {
    openapi: '3.0.0',
    info: { title: 'Accord', version: programVersion },
    paths: Object.assign({}, ...kinds.map(pathsOf)) as JsonObject,
    components: { schemas: Object.assign({}, ...kinds.map((kind) => schemasOf(kind, described.get(kind.kind)))) as JsonObject },
  };
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 32).toUpperCase();
  return {
    document,
    hash,
    index: {
      paths: {
        [`apis/${apiVersion}`]: { serverRelativeURL: `${documentPath}?hash=${hash}` },
      },
    },
  };
}

/** Kind → schema of its installed definition. */
function describedKinds(crds: string): ReadonlyMap<string, JsonObject> {
  const documents = parseAllDocuments(crds);
  const definitions = Array.isArray(documents) ? documents.map((document) => document.toJS() as Definition | null) : [];
  return new Map(
    definitions.flatMap((definition) => {
      const schema = definition?.spec?.versions?.[0]?.schema.openAPIV3Schema;
      return schema === undefined ? [] : [[definition?.spec?.names.kind ?? '', schema] as const];
    }),
  );
}

interface Definition {
  readonly spec?: {
    readonly names: { readonly kind: string };
    readonly versions?: readonly { readonly schema: { readonly openAPIV3Schema: JsonObject } }[];
  };
}

const schemaName = (kind: string): string => `dev.accord.${apiGroupVersion}.${kind}`;
const reference = (kind: string): JsonObject => ({ $ref: `#/components/schemas/${schemaName(kind)}` });
const gvk = (kind: string): JsonObject => ({ group: apiGroup, kind, version: apiGroupVersion });

function schemasOf({ kind }: Kind, described: JsonObject | undefined): JsonObject {
  const schema = (type: z.core.$ZodType, io: 'input' | 'output'): JsonObject =>
    withoutMarks(z.toJSONSchema(type, { io, target: 'openapi-3.0', unrepresentable: 'any' }) as unknown as JsonObject);
  const metadata = { type: 'object', description: 'Standard object metadata. Names are DNS labels.', additionalProperties: true };
  const object = {
    type: 'object',
    description: String(described?.['description'] ?? ''),
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string', description: 'Version of the schema of this object.' },
      kind: { type: 'string', description: 'Kind of this object.' },
      metadata,
      spec: withHubFields(kind, schema(specOf[kind], 'input')),
      status: { ...schema(statusOf[kind], 'output'), description: 'What is known of it, set by the hub.' },
    },
    'x-kubernetes-group-version-kind': [gvk(kind)],
  };
  return {
    [schemaName(kind)]: describeSchema(object, described),
    [schemaName(`${kind}List`)]: {
      type: 'object',
      required: ['items'],
      properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata, items: { type: 'array', items: reference(kind) } },
      'x-kubernetes-group-version-kind': [gvk(`${kind}List`)],
    },
  };
}

/** What stands in the spec although nobody can write it. */
function withHubFields(kind: Kind['kind'], spec: JsonObject): JsonObject {
  if (kind !== 'Cluster') return spec;
  return { ...spec, properties: { clusterID: { type: 'string', readOnly: true }, ...(spec['properties'] as JsonObject) } };
}

/** The dialect is said once, by the document. */
function withoutMarks({ $schema: _dialect, ...schema }: JsonObject): JsonObject {
  return schema;
}

const query = (name: string, type: string, description: string): JsonObject => ({ name, in: 'query', description, schema: { type } });
// kubectl looks for these two before it leaves the checking to the server.
const writeQueries = [
  query('dryRun', 'string', 'All: checks and answers, and stores nothing.'),
  query('fieldValidation', 'string', 'Accepted; unknown fields are always refused.'),
  query('fieldManager', 'string', 'Accepted.'),
];
const listQueries = [
  query('labelSelector', 'string', 'Only objects with these labels.'),
  query('fieldSelector', 'string', 'metadata.name=NAME'),
  query('limit', 'integer', 'Size of a page.'),
  query('continue', 'string', 'From the page before.'),
  query('watch', 'boolean', 'Changes as they happen, as JSON lines.'),
];

function pathsOf(kind: Kind): JsonObject {
  const base = `/apis/${apiVersion}/${kind.plural}`;
  const operation = (verb: string, action: string, more: JsonObject): JsonObject => ({
    operationId: `${verb}${kind.kind}`,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk(kind.kind),
    responses: {
      '200': {
        description: 'OK',
        content: { 'application/json': { schema: reference(action === 'list' ? `${kind.kind}List` : kind.kind) } },
      },
    },
    ...more,
  });
  const body = (...types: readonly string[]): JsonObject => ({
    required: true,
    content: Object.fromEntries(
      types.map((type) => [type, { schema: type.includes('patch') ? { type: 'object' } : reference(kind.kind) }]),
    ),
  });
  const written = body('application/json', 'application/yaml');
  const has = (verb: string): boolean => kind.verbs.includes(verb);
  return {
    [base]: {
      get: operation('list', 'list', { parameters: listQueries }),
      ...(has('create') && { post: operation('create', 'post', { parameters: writeQueries, requestBody: written }) }),
    },
    [`${base}/{name}`]: {
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      get: operation('read', 'get', {}),
      put: operation('replace', 'put', { parameters: writeQueries, requestBody: written }),
      patch: operation('patch', 'patch', { parameters: writeQueries, requestBody: body('application/merge-patch+json') }),
      ...(has('delete') && { delete: operation('delete', 'delete', { parameters: writeQueries }) }),
    },
  };
}
