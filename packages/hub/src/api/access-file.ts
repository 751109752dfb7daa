import { selectorFaults } from '@accord/core/labels/selector-faults';
import { nearestName } from '@accord/core/policy/nearest-name';
import { renderPath } from '@accord/core/policy/json-path';
import { accessBindingSchema, accessBindingsMax, declaredLabelSchema, roles } from '@accord/proto/access';
import { CodedError } from '@accord/proto/coded-error';
import { labelKeyFault, labelValueFault, isReservedLabel } from '@accord/proto/labels';
import { parse } from 'yaml';
import * as z from 'zod';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];
const issuer = z.url().refine(isSafe, 'must be an https address; http only on the loopback');
const grantSchema = z.strictObject({
  claim: z.string().min(1),
  /** The claim is this text, or a list that holds it. */
  value: z.string().min(1),
  /** For the whole fleet. */
  role: z.enum(roles).optional(),
  /** Or on parts of it. One of the two. */
  bindings: z.array(accessBindingSchema).min(1).max(accessBindingsMax).optional(),
});
/** Which server is trusted with who people are, and what their claims give. */
export const oidcSchema = z.strictObject({
  issuer,
  /** What tokens must be made for. For ID tokens it is the id of the client. */
  audience: z.string().min(1),
  /** With which `accord login` presents itself; by default the audience. */
  clientId: z.string().min(1).optional(),
  scope: z.string().default('openid offline_access'),
  /** The claim that names people in the audit. */
  username: z.string().default('sub'),
  grants: z
    .array(
      grantSchema.refine(
        ({ role, bindings }) => (role === undefined) !== (bindings === undefined),
        'needs a role or bindings, one of the two',
      ),
    )
    .min(1),
});
const accessFileSchema = z.strictObject({
  labels: z.record(z.string(), declaredLabelSchema).default({}),
  oidc: oidcSchema.optional(),
});

export type AccessFile = z.infer<typeof accessFileSchema>;
export type OidcConfig = z.infer<typeof oidcSchema>;

export const noAccessFile: AccessFile = { labels: {} };

/** Who logs in with which rights, and what labels mean: YAML or JSON. Rejects with `invalid` and every fault; `from` says where it stood. */
export function parseAccessFile(text: string, from: string): AccessFile {
  const result = accessFileSchema.safeParse(yamlOf(text, from) ?? {});
  const faults = result.success
    ? faultsIn(result.data)
    : result.error.issues.map((issue) => `${renderPath('', issue.path)}: ${sayIssue(issue)}`);
  if (result.success && faults.length === 0) return result.data;
  throw new CodedError('invalid', `${from}: ${faults.join('; ')}`, { help });
}

const help = 'See docs/reference/access.md';

function yamlOf(text: string, from: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new CodedError('invalid', `${from}: ${(cause as Error).message.split('\n')[0]}`, { cause, help });
  }
}

function faultsIn({ labels, oidc }: AccessFile): readonly string[] {
  const ofLabels = Object.entries(labels).flatMap(([key, { values = [] }]) => {
    const inKey = isReservedLabel(key) ? 'labels under accord.dev are set by the hub' : labelKeyFault(key);
    const inValues = values.flatMap((value) => labelValueFault(value) ?? []);
    return [...(inKey === undefined ? [] : [inKey]), ...inValues].map((fault) => `labels.${key}: ${fault}`);
  });
  const ofGrants = (oidc?.grants ?? []).flatMap(({ bindings = [] }, at) =>
    bindings.flatMap(({ clusters }, index) =>
      selectorFaults(clusters, `oidc.grants[${at}].bindings[${index}].clusters`).map((fault) => `${fault.path}: ${fault.message}`),
    ),
  );
  return [...ofLabels, ...ofGrants];
}

function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  return issue.keys
    .map((key) => {
      const near = nearestName(key, fieldsAt(issue.path));
      return `there is no field ${key}${near === undefined ? '' : `, did you mean ${near}?`}`;
    })
    .join(', ');
}

function fieldsAt(path: readonly PropertyKey[]): readonly string[] {
  const steps = path.filter((step) => typeof step === 'string');
  const schemas = { labels: declaredLabelSchema, oidc: oidcSchema, grants: grantSchema, bindings: accessBindingSchema };
  const inside = (['bindings', 'grants', 'oidc', 'labels'] as const).find((name) => steps.includes(name));
  return Object.keys((inside === undefined ? accessFileSchema : schemas[inside]).shape);
}

/** Nobody on the way can read or change what comes from there. */
export function isSafe(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && loopback.includes(hostname));
}
