import { countHeld, heldRemovals } from '@accord/core/status/held-removals';
import { fleetSchema } from '@accord/proto/api';
import type { Command } from 'commander';
import { askYes } from '../ask-yes.ts';
import type { Context } from '../context.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { readRows } from '../wait.ts';

interface ConfirmOptions {
  readonly yes?: true;
}

export function addConfirm(program: Command, context: Context): void {
  program
    .command('confirm-removal')
    .summary('let clusters remove what the brake holds')
    .description(
      'A removal of many objects, or of a Namespace, waits for a person. This shows what would go, asks, and lets it go on every cluster.',
    )
    .argument('<policy>', 'name of the policy')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  accord confirm-removal team-payments')
    .action((policy: string, options: ConfirmOptions) => confirmRemoval(context, policy, options));
  program
    .command('confirm-epoch')
    .summary('after a restore: let absence remove again')
    .description(
      'After desired state was rebuilt nothing is removed because it is absent, until a person confirms it once for the whole fleet.',
    )
    .option('--epoch <n>', 'the epoch to confirm (default: the current one of the hub)', parseWholeNumber)
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  accord confirm-epoch')
    .action((options: ConfirmOptions & { readonly epoch?: number }) => confirmEpoch(context, options));
}

async function confirmRemoval(context: Context, policy: string, { yes }: ConfirmOptions): Promise<void> {
  const { held, count, revision } = heldRemovals(await readRows(context.hub(), policy));
  if (held.length === 0) {
    context.terminal.print(`No removal of ${policy} waits for a person. See how it stands: accord describe policy ${policy}`);
    return;
  }
  context.terminal.note(...held.map((row) => `${row.cluster}: ${countHeld(row)} would be removed`));
  await askYes(context, { question: `Remove them, up to ${count} objects of ${policy}@${revision} on each cluster?`, yes });
  await context.hub().send(`/v1/policies/${encodeURIComponent(policy)}/confirm-removal`, { method: 'POST', body: { revision, count } });
  context.terminal.print(`removal of ${policy}@${revision} confirmed, up to ${count} objects on each cluster`);
}

async function confirmEpoch(context: Context, { epoch, yes }: ConfirmOptions & { readonly epoch?: number }): Promise<void> {
  const wanted = epoch ?? (await currentEpoch(context));
  await askYes(context, { question: `Let clusters remove what epoch ${wanted} of desired state no longer names?`, yes });
  await context.hub().send('/v1/fleet/confirm-epoch', { method: 'POST', body: { epoch: wanted } });
  context.terminal.print(`epoch ${wanted} confirmed`);
}

async function currentEpoch({ hub }: Context): Promise<number> {
  return (await hub().read('/v1/fleet', fleetSchema)).epoch;
}
