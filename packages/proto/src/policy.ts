/** The kind `ClusterPolicy`: what people write under `spec`, with the limits that the hub refuses beyond. */
import * as z from 'zod/mini';
import type { JsonObject } from './canonical.ts';
import { distinct } from './distinct.ts';
import { isDnsLabel } from './ids.ts';
import { sealedSecretSchema } from './sealed-secret.ts';
import { labelSelectorSchema, namespaceSelectorSchema } from './selector.ts';

/** Objects of one policy, typed parts included; an entry for each namespace counts once. */
export const objectsPerPolicyMax = 512;
/** Canonical JSON of one document. The API server keeps 1.5 MiB per object, and the mirror adds a statement and a status. */
export const documentBytesMax = 900 * 1024;
const namespacesPerPolicyMax = 256;
/** Values of the `In` under which a policy is published: one copy per value. */
export const valuesPerAnchorMax = 16;
const priorityMax = 1000;
/** Text that may still hold templates; the result is checked after expansion. */
const templateTextMax = 512;
export const nameMax = 253;
const configMapValueMax = 262_144;
const subjectsPerBindingMax = 256;
const overridesPerPolicyMax = 64;
const dependenciesPerPolicyMax = 32;

const text = (max: number): z.ZodMiniString => z.string().check(z.maxLength(max));
const name = z.string().check(z.minLength(1), z.maxLength(nameMax));
const count = z.int().check(z.minimum(0), z.maximum(priorityMax));
const quantity = z.union([text(templateTextMax), z.int()]);
const list = <Element extends z.ZodMiniType>(element: Element, max: number): z.ZodMiniOptional<z.ZodMiniArray<Element>> =>
  z.optional(z.array(element).check(z.maxLength(max)));
/** As `list`, without repetitions: the API server refuses them in a mirror. */
const set = <Element extends z.ZodMiniType>(element: Element, max: number): z.ZodMiniOptional<z.ZodMiniArray<Element>> =>
  z.optional(z.array(element).check(z.maxLength(max), distinct()));
const map = <Value extends z.ZodMiniType>(value: Value, max: number): z.ZodMiniRecord<z.ZodMiniString, Value> =>
  z
    .record(z.string(), value)
    .check(z.refine((entries) => Object.keys(entries).length <= max, { error: `has more than ${max} entries`, params: { limit: max } }));
const free = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'must be an object');

const ruleFields = {
  apiGroups: list(text(253), 64),
  resources: list(text(253), 128),
  verbs: z.array(text(63)).check(z.minLength(1), z.maxLength(32)),
  resourceNames: list(text(253), 128),
};
const clusterRuleSchema = z.strictObject({ ...ruleFields, nonResourceURLs: list(text(1024), 64) });
const ruleSchema = z.strictObject(ruleFields);

const subjectFields = {
  users: set(text(253), subjectsPerBindingMax),
  groups: set(text(253), subjectsPerBindingMax),
  serviceAccounts: set(z.strictObject({ namespace: text(nameMax), name: text(nameMax) }), subjectsPerBindingMax),
};
const clusterRoleSchema = z.strictObject({
  name,
  labels: z.optional(map(text(templateTextMax), 32)),
  rules: z.array(clusterRuleSchema).check(z.maxLength(128)),
});
/** End of a grant, RFC 3339. The spoke takes it away then, hub or no hub. */
const until = z.optional(z.iso.datetime({ offset: true, error: 'must be a time like 2026-12-31T18:00:00Z' }));
const clusterBindingSchema = z.strictObject({ clusterRole: name, ...subjectFields, until });
const roleSchema = z.strictObject({ name, rules: z.array(ruleSchema).check(z.maxLength(64)) });
const bindingSchema = z
  .strictObject({ clusterRole: z.optional(name), role: z.optional(name), ...subjectFields, until })
  .check(
    z.refine((binding) => (binding.clusterRole === undefined) !== (binding.role === undefined), 'set exactly one of clusterRole and role'),
  );

export const podSecurityLevels = ['privileged', 'baseline', 'restricted'] as const;
const level = z.optional(z.enum(podSecurityLevels));
const podSecuritySchema = z.strictObject({
  enforce: level,
  audit: level,
  warn: level,
  version: z.optional(text(16).check(z.regex(/^(latest|v1\.[0-9]+)$/, 'must be latest or v1.<minor>'))),
});

const quotaSchema = z.strictObject({
  hard: map(quantity, 64).check(z.refine((hard) => Object.keys(hard).length > 0, 'needs at least one entry')),
  scopes: set(text(64), 8),
});
const amounts = z.optional(map(quantity, 32));
const limitSchema = z.strictObject({
  type: z.enum(['Container', 'Pod', 'PersistentVolumeClaim']),
  default: amounts,
  defaultRequest: amounts,
  max: amounts,
  min: amounts,
  maxLimitRequestRatio: amounts,
});

const namespaceSchema = z.strictObject({
  name: z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(templateTextMax),
      z.regex(/^([-a-z0-9]|\$\{[^}]*\})+$/, 'must be a DNS label, where templates may stand'),
    ),
  labels: z.optional(map(text(templateTextMax), 64)),
  annotations: z.optional(map(text(4096), 64)),
  podSecurity: z.optional(podSecuritySchema),
  deletion: z._default(z.enum(['Retain', 'DeleteIfEmpty', 'DeleteIfCreated']), 'Retain'),
  roles: list(roleSchema, 32),
  bindings: list(bindingSchema, 32),
  quota: z.optional(quotaSchema),
  limits: list(limitSchema, 8),
  networkPolicies: list(z.strictObject({ name, spec: free }), 32),
  configMaps: list(z.strictObject({ name, data: z.optional(map(text(configMapValueMax), 256)) }), 32),
  serviceAccounts: list(z.strictObject({ name }), 64),
  sealedSecrets: list(sealedSecretSchema, 32),
});

const manifestSchema = z.looseObject({
  apiVersion: z.string().check(z.minLength(1), z.maxLength(317)),
  kind: z.string().check(z.minLength(1), z.maxLength(63)),
  metadata: z.looseObject({
    name: z.string().check(z.minLength(1), z.maxLength(templateTextMax)),
    namespace: z.optional(text(templateTextMax)),
  }),
});
/** `MustOnlyHave` also keeps maps such as `data` and `hard` free of foreign keys. */
const matches = ['MustHave', 'MustOnlyHave'] as const;
const conflictsSchema = z.strictObject({
  policy: z._default(z.enum(['Force', 'Fail']), 'Force'),
  yieldTo: set(text(128).check(z.minLength(1)), 16),
});
const objectSchema = z.strictObject({
  id: text(63).check(z.regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be lower-case letters, digits, "-" and "."')),
  manifest: manifestSchema,
  eachNamespace: z.optional(z.boolean()),
  order: z._default(z.int().check(z.minimum(-100), z.maximum(100)), 0),
  mode: z.optional(z.enum(['Enforce', 'Inform', 'MustNotExist'])),
  match: z.optional(z.enum(matches)),
  createOnly: z.optional(z.boolean()),
  conflicts: z.optional(conflictsSchema),
  ignoreFields: set(text(512).check(z.regex(/^\//, 'must be a JSON pointer such as /spec/replicas')), 32),
  deletion: z._default(z.enum(['Prune', 'Retain']), 'Prune'),
});

/** Codes of lint that a role admin may accept for a policy. Each cluster applies it only where its Guardrail allows the same codes. */
export const riskCodes = ['Wildcard', 'Escalation', 'NodeAccess', 'SecretAccess', 'Admission'] as const;
export type RiskCode = (typeof riskCodes)[number];

/** Parts of a spec that become objects. An override replaces them, and nothing else. */
export const policyParts = ['clusterRoles', 'clusterBindings', 'namespaces', 'objects'] as const;
export type PolicyPart = (typeof policyParts)[number];

const overrideSchema = z.strictObject({ clusterSelector: labelSelectorSchema, patch: free });

/** What people write under `spec` of a ClusterPolicy. The hub fills in the defaults before it signs. */
export const policySpecSchema = z.strictObject({
  description: z.optional(text(1024)),
  severity: z.optional(z.enum(['Low', 'Medium', 'High', 'Critical'])),
  standards: set(text(128), 16),
  mode: z._default(z.enum(['Enforce', 'Inform']), 'Enforce'),
  suspended: z.optional(z.boolean()),
  priority: z._default(count, 100),
  match: z._default(z.enum(matches), 'MustHave'),
  prune: z._default(z.enum(['None', 'IfCreated']), 'IfCreated'),
  adoption: z._default(z.enum(['Never', 'IfUnowned', 'Always']), 'IfUnowned'),
  recreate: z._default(z.enum(['Never', 'IfImmutable']), 'IfImmutable'),
  conflicts: z.optional(conflictsSchema),
  clusterSelector: z.optional(labelSelectorSchema),
  clusterRoles: list(clusterRoleSchema, 128),
  clusterBindings: list(clusterBindingSchema, 128),
  namespaces: list(namespaceSchema, namespacesPerPolicyMax),
  namespaceSelector: z.optional(namespaceSelectorSchema),
  objects: z.optional(z.array(objectSchema).check(z.maxLength(objectsPerPolicyMax), distinct<{ id: string }>('id'))),
  dependsOn: set(text(63).check(z.refine(isDnsLabel, 'must be the name of a policy')), dependenciesPerPolicyMax),
  overrides: list(overrideSchema, overridesPerPolicyMax),
  acknowledgeRisks: set(z.enum(riskCodes), riskCodes.length),
});

export type PolicySpec = z.infer<typeof policySpecSchema>;
export type PolicySpecInput = z.input<typeof policySpecSchema>;
export type NamespacePart = z.infer<typeof namespaceSchema>;
export type BindingPart = z.infer<typeof bindingSchema>;
export type ClusterBindingPart = z.infer<typeof clusterBindingSchema>;
export type ObjectPart = z.infer<typeof objectSchema>;

/** Set by the hub when it publishes: people may send them back, and they are dropped from input. */
export const hubFields: readonly string[] = ['epoch', 'revision', 'step'];

/** Fields of the kind that this version refuses by name, because a spoke could not keep their promise. */
export const unsupportedFields: ReadonlySet<string> = new Set([
  'spec.timeouts',
  'spec.audience',
  'spec.rollout',
  // A secret is sealed in one form, for one cluster and for many: `recipients`.
  'spec.namespaces[].sealedSecrets[].keyID',
  'spec.namespaces[].sealedSecrets[].entries{}.enc',
  'spec.objects[].sealed',
]);

/** As much of JSON Schema as it takes to find the names and values that are known at a path. */
export interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly enum?: readonly string[];
}

/** JSON Schema of the input; free-form parts are empty in it. Made anew at each call: it is for answers to mistakes. */
export function policyJsonSchema(): SchemaNode {
  return z.toJSONSchema(policySpecSchema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
}
