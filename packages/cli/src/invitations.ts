import { clusterModes, clusterSpecSchema, newClusterMode } from '@accord/proto/cluster';
import { CodedError } from '@accord/proto/coded-error';
import { nearestName } from '@accord/core/policy/nearest-name';
import * as z from 'zod';
import { readFiles } from './objects/read-objects.ts';
import { readYaml, type YamlDocument, type YamlPath } from './objects/read-yaml.ts';
import { tiers, type Tier } from './render/join-manifest.ts';

/** One cluster of a file, as the hub takes it, with where it stands. */
export interface Invitation {
  readonly at: string;
  readonly cluster: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: object;
  readonly mode?: string;
  readonly expiresIn?: string;
  readonly approval?: boolean;
  readonly replace?: boolean;
  readonly tier: Tier | undefined;
}

const entrySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a DNS label: lower-case letters, digits and "-", at most 63'),
  labels: z.record(z.string(), z.string()).default({}),
  mode: z.enum(clusterModes).optional(),
  spec: z.optional(clusterSpecSchema),
  tier: z.enum(tiers).optional(),
  expiresIn: z
    .string()
    .regex(/^([0-9]+(s|m|h))+$/, 'a duration such as 30m or 1h')
    .optional(),
  requireApproval: z.boolean().optional(),
  replace: z.boolean().optional(),
});
const fields = Object.keys(entrySchema.shape);

/** Reads a YAML or JSON list of clusters. Rejects with `invalid` and every fault, each with file, line and column, before anything is sent. */
export async function readInvitations(file: string, stdin: AsyncIterable<string | Uint8Array>): Promise<readonly Invitation[]> {
  const [{ name, text } = { name: file, text: '' }] = await readFiles([file], stdin);
  const { invitations, faults } = parseInvitations(name, text);
  if (faults.length > 0) throw new CodedError('invalid', faults.join('\n'), { help: 'Nobody was invited. Correct this and run it again.' });
  if (invitations.length === 0)
    throw new CodedError('invalid', `There is no cluster in ${name}`, { help: 'Write a list: - {name: prod-eu-1, labels: {env: prod}}' });
  return invitations;
}

/** As above, without I/O. */
export function parseInvitations(
  file: string,
  text: string,
): { readonly invitations: readonly Invitation[]; readonly faults: readonly string[] } {
  const read = readYaml(file, text).map(readDocument);
  const invitations = read.flatMap((one) => one.invitations);
  const first = new Map<string, string>();
  const twice = invitations.flatMap(({ cluster, at }) => {
    const before = first.get(cluster);
    if (before === undefined) first.set(cluster, at);
    return before === undefined ? [] : [`${at}: cluster ${cluster} is written twice; it stands at ${before} already. Leave one out.`];
  });
  return { invitations, faults: [...read.flatMap((one) => one.faults), ...twice] };
}

function readDocument(document: YamlDocument): ReturnType<typeof parseInvitations> {
  if (document.outcome === 'broken') return { invitations: [], faults: document.faults };
  const { value, at } = document;
  if (!Array.isArray(value)) {
    const example = '- {name: prod-eu-1, labels: {env: prod}}';
    return { invitations: [], faults: [`${at([])}: this is no list of clusters. It begins with: ${example}`] };
  }
  const entries = value.map((entry: unknown, index) => readEntry(entry, (path) => at([index, ...path])));
  return { invitations: entries.flatMap((one) => one.invitations), faults: entries.flatMap((one) => one.faults) };
}

function readEntry(entry: unknown, at: (path: YamlPath) => string): ReturnType<typeof parseInvitations> {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) return { invitations: [], faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, at)) };
  const { name, labels, mode, spec, requireApproval, replace, expiresIn, tier } = parsed.data;
  const isKept = replace === true && (Object.keys(labels).length > 0 || mode !== undefined || spec !== undefined);
  if (isKept)
    return {
      invitations: [],
      faults: [`${at(['replace'])}: ${name} keeps its labels, mode and spec when it joins again. Leave them out.`],
    };
  const made = replace ? { replace } : { labels, mode: mode ?? spec?.mode ?? newClusterMode, ...(spec !== undefined && { spec }) };
  return {
    invitations: [
      {
        ...{ at: at([]), cluster: name, ...made, tier },
        ...(expiresIn !== undefined && { expiresIn }),
        ...(requireApproval && { approval: true }),
      },
    ],
    faults: [],
  };
}

function faultsOf(issue: z.core.$ZodIssue, at: (path: YamlPath) => string): readonly string[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code !== 'unrecognized_keys') return [`${at(path)}: ${path.length === 0 ? '' : `${path.join('.')}: `}${issue.message}.`];
  return issue.keys.map((key) => {
    const near = nearestName(key, path.length === 0 ? fields : []);
    const help = near === undefined ? `Known here: ${fields.join(', ')}.` : `Did you mean ${near}?`;
    return `${at([...path, key])}: there is no field ${key} here. ${help}`;
  });
}
