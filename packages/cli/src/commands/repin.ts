import { hubKeySchema } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { objectPath } from '../objects/kinds.ts';
import { renderPin } from '../render/join-manifest.ts';

/** `cluster repin`: what the owner of a cluster applies there when the key that signs for the hub was stolen. */
export function addRepin(cluster: Command, context: Context): void {
  cluster
    .command('repin')
    .description(
      'Prints what has a cluster believe the present key of the hub alone, for its owner to apply there: after a theft of the key "desired".',
    )
    .argument('<name>', 'name of the cluster')
    .addHelpText('after', '\nExample:\n  accord cluster repin prod-eu-1 | kubectl --context prod-eu-1 apply --server-side -f -')
    .action((name: string) => repin(context, name));
}

async function repin({ hub, terminal }: Context, name: string): Promise<void> {
  // A cluster that is no member has nothing to be pinned.
  await hub().send(objectPath('Cluster', name));
  const { current, next, before } = await hub().read('/v1/keys/desired', hubKeySchema);
  if (next !== undefined || before !== undefined)
    throw new CodedError(
      'conflict',
      'what clusters are to read is not signed by one key alone, and a cluster that is pinned to it would read nothing',
      {
        help: 'Replace the key first and have everything signed anew: docs/runbooks/key-theft.md',
      },
    );
  terminal.print(renderPin(current));
  terminal.note(`${name} believes ${current} alone within half a minute after this is applied there.`);
}
