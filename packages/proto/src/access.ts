/** Who may what at the hub: roles, and what binds a role to a part of the fleet. */
import * as z from 'zod/mini';
import { distinct } from './distinct.ts';
import { labelSelectorSchema } from './selector.ts';

/** From the least to the most. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What a policy may hold, and `clusters`: the labels, the spec and the freeze of a cluster itself. */
export const accessParts = [
  'namespaces',
  'podSecurity',
  'roles',
  'bindings',
  'quota',
  'limits',
  'networkPolicies',
  'configMaps',
  'serviceAccounts',
  'sealedSecrets',
  'objects',
  'clusterRoles',
  'clusterBindings',
  'clusters',
] as const;
export type AccessPart = (typeof accessParts)[number];

/** The priority of a policy that names none: whoever may no more than that overrules nobody. */
const ordinaryPriority = 100;
const globsMax = 128;
const globs = z._default(
  z
    .array(z.string().check(z.maxLength(63), z.regex(/^[-a-z0-9*]+$/, 'must be lower-case letters, digits, "-" and "*"')))
    .check(z.maxLength(globsMax), distinct<string>()),
  [],
);

/** A role on some clusters, for some policies, with some parts. What it leaves out it does not give. */
export const accessBindingSchema = z.strictObject({
  role: z.enum(roles),
  clusters: labelSelectorSchema,
  policies: globs,
  namespaces: globs,
  parts: z._default(z.array(z.enum(accessParts)).check(distinct<AccessPart>()), []),
  clusterScoped: z._default(z.boolean(), false),
  priorityMax: z._default(z.int().check(z.minimum(0), z.maximum(1000)), ordinaryPriority),
});
export type AccessBinding = z.infer<typeof accessBindingSchema>;

/** Of one token, or of one value of a claim. */
export const accessBindingsMax = 32;

/** What the fleet says of one label of its clusters. */
export const declaredLabelSchema = z.strictObject({
  /** No cluster is invited or relabelled without it. */
  required: z._default(z.boolean(), false),
  /** No other value is taken. */
  values: z.optional(z.array(z.string().check(z.maxLength(63))).check(z.minLength(1), z.maxLength(256), distinct<string>())),
  /** Only role admin changes it. */
  protected: z._default(z.boolean(), false),
});
export type DeclaredLabels = Readonly<Record<string, z.infer<typeof declaredLabelSchema>>>;
