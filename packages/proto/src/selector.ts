import * as z from 'zod/mini';
import { distinct } from './distinct.ts';

const selectorKey = z.string().check(z.minLength(1), z.maxLength(316));
const requirementSchema = z.strictObject({
  key: selectorKey,
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: z.optional(z.array(z.string().check(z.maxLength(63))).check(z.maxLength(64))),
});

/** Kubernetes LabelSelector over registry labels, with Kubernetes' exact semantics. `{}` selects everything, absent selects nothing. */
export const labelSelectorSchema = z.strictObject({
  matchLabels: z.optional(z.record(selectorKey, z.string().check(z.maxLength(63)))),
  matchExpressions: z.optional(z.array(requirementSchema).check(z.maxLength(32))),
});

const patternsMax = 128;
const patterns = z.optional(
  z
    .array(z.string().check(z.maxLength(63), z.regex(/^[-a-z0-9*]+$/, 'must be lower-case letters, digits, "-" and "*"')))
    .check(z.maxLength(patternsMax), distinct<string>()),
);

/** Namespaces of a cluster: those that `include` and `selector` both allow, without `exclude`. With neither of the two it selects none. */
export const namespaceSelectorSchema = z.strictObject({
  include: patterns,
  exclude: patterns,
  /** Over the namespace's own labels. */
  selector: z.optional(labelSelectorSchema),
});

export type NamespaceSelector = z.infer<typeof namespaceSelectorSchema>;
export type LabelSelector = z.infer<typeof labelSelectorSchema>;
export type LabelRequirement = z.infer<typeof requirementSchema>;
