import { CodedError } from '@accord/proto/coded-error';
import * as z from 'zod';
import type { HubClient } from '../hub-client.ts';
import { objectPath } from '../objects/kinds.ts';

/** What there is to know of an entry without its values. */
const entrySchema = z.object({
  name: z.string(),
  type: z.string(),
  version: z.number(),
  recipients: z.array(z.object({ cluster: z.string() })),
  entries: z.record(z.string(), z.unknown()),
});
const namespaces = z.array(z.object({ name: z.string(), sealedSecrets: z.array(entrySchema).default([]) })).default([]);
const policySchema = z.object({
  spec: z.object({ namespaces, overrides: z.array(z.object({ patch: z.object({ namespaces }) })).default([]) }),
});

export interface SealedBefore {
  readonly type: string;
  readonly version: number;
  readonly clusters: readonly string[];
  readonly keys: readonly string[];
}

/** The entry of a policy that is to be sealed again; rejects with `not-found`, or `conflict` where it is not clear which. */
export async function readSealedBefore(
  hub: HubClient,
  { policy, namespace, name }: { readonly policy: string; readonly namespace: string; readonly name: string },
): Promise<SealedBefore> {
  const { spec } = await hub.read(objectPath('ClusterPolicy', policy), policySchema);
  const all = [...spec.namespaces, ...spec.overrides.flatMap(({ patch }) => patch.namespaces)];
  const [found, ...more] = all
    .filter((part) => part.name === namespace)
    .flatMap((part) => part.sealedSecrets.filter((entry) => entry.name === name));
  if (found === undefined)
    throw new CodedError('not-found', `Policy ${policy} has no sealed secret ${namespace}/${name}`, {
      help: `Leave out --policy to seal a new one, or see what it has: accord get policy ${policy} -o yaml`,
    });
  if (more.length > 0)
    throw new CodedError('conflict', `Policy ${policy} has several sealed secrets ${namespace}/${name}, in overrides`, {
      help: 'Seal the one that you mean without --policy: name its clusters with -c, and its next version with --secret-version.',
    });
  const { type, version, recipients, entries } = found;
  return { type, version, clusters: [...new Set(recipients.map(({ cluster }) => cluster))], keys: Object.keys(entries) };
}
