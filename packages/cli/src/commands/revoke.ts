import { revokedSchema } from '@accord/proto/api';
import type { Command } from 'commander';
import { askYes } from '../ask-yes.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { worstOf } from './wait-options.ts';

interface RevokeOptions {
  readonly reason?: string;
  readonly yes?: true;
}

/** `cluster revoke`: the hub answers when the server has cut it. */
export function addRevoke(cluster: Command, context: Context): void {
  cluster
    .command('revoke')
    .description(
      'Takes the access of clusters away, within a second: they are cut off, their keys are never accepted again, and what they report is no longer believed. What is in them stays as it is.',
    )
    .argument('<names...>', 'names of clusters')
    .option('--reason <text>', 'why, for the audit')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  accord cluster revoke prod-eu-1 --reason "key theft, INC-4711"')
    .action(async (names: readonly string[], options: RevokeOptions) => context.finish(await revoke(context, names, options)));
}

async function revoke(context: Context, names: readonly string[], { reason, yes }: RevokeOptions): Promise<ExitCode> {
  const which = names.length === 1 ? `${names[0]}` : `${names.length} clusters (${names.join(', ')})`;
  await askYes(context, { question: `Cut ${which} off for good? It can only join anew.`, yes });
  // Side by side, so that one push to the server carries them all.
  return worstOf(await Promise.all(names.map((name) => revokeOne(context, name, reason))));
}

async function revokeOne(context: Context, name: string, reason: string | undefined): Promise<ExitCode> {
  const path = `/v1/clusters/${encodeURIComponent(name)}/revoke`;
  const answer = await attempt(context, `cluster/${name}`, () => context.hub().read(path, revokedSchema, { method: 'POST', reason }));
  if (answer === undefined) return exitCodes.failed;
  context.terminal.print(`cluster/${answer.cluster} revoked${answer.change === '' ? ' before' : ''}, at ${answer.revokedAt}`);
  return exitCodes.done;
}
