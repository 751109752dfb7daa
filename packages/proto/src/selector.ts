import * as z from 'zod/mini';

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

export type LabelSelector = z.infer<typeof labelSelectorSchema>;
export type LabelRequirement = z.infer<typeof requirementSchema>;
