import { keyReplacementSchema } from '@accord/proto/api';
import type { Command } from 'commander';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { worstOf } from './wait-options.ts';

/** `cluster rotate-key`: the cluster makes its next key itself. */
export function addRotateKey(cluster: Command, context: Context): void {
  cluster
    .command('rotate-key')
    .description(
      'Has clusters replace their keys. Each makes the new one itself and stays connected; the old one is refused from then on. After a theft use revoke instead.',
    )
    .argument('<names...>', 'names of clusters')
    .option('--reason <text>', 'why, for the audit')
    .addHelpText('after', '\nExample:\n  accord cluster rotate-key prod-eu-1 --reason "yearly"')
    .action(async (names: readonly string[], { reason }: { readonly reason?: string }) =>
      context.finish(worstOf(await Promise.all(names.map((name) => rotateOne(context, name, reason))))),
    );
}

async function rotateOne(context: Context, name: string, reason: string | undefined): Promise<ExitCode> {
  const path = `/v1/clusters/${encodeURIComponent(name)}/rotate-key`;
  const answer = await attempt(context, `cluster/${name}`, () =>
    context.hub().read(path, keyReplacementSchema, { method: 'POST', reason }),
  );
  if (answer === undefined) return exitCodes.failed;
  context.terminal.print(
    `cluster/${answer.cluster} is told${answer.change === '' ? ' already' : ''} to replace key ${answer.keyToReplace}`,
  );
  return exitCodes.done;
}
