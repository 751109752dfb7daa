import { scopeKeySchema } from '@accord/proto/api';
import type { Command } from 'commander';
import type * as z from 'zod';
import { askYes } from '../ask-yes.ts';
import type { Context } from '../context.ts';

interface RotateOptions {
  readonly finish?: true;
  readonly force?: true;
  readonly reason?: string;
  readonly yes?: true;
}

type ScopeKey = z.infer<typeof scopeKeySchema>;
const path = '/v1/keys/spokes-scope';

/** `keys`: what signs for the hub. */
export function addKeys(program: Command, context: Context): void {
  const keys = program
    .command('keys')
    .summary('see and replace the keys of the hub')
    .description('Shows and replaces the keys of the hub.')
    .addHelpText('after', '\nExample:\n  accord keys show');
  keys
    .command('show')
    .description('Shows the key that signs the tokens of clusters, and who still uses a token of the old one while it is replaced.')
    .addHelpText('after', '\nExample:\n  accord keys show')
    .action(async () => show(context, await context.hub().read(path, scopeKeySchema)));
  keys
    .command('rotate')
    .description(
      'Adds a second key that signs the tokens of clusters and has all of them renew, in waves. With --finish the first one is taken out.',
    )
    .argument('<key>', 'spokes-scope')
    .option('--finish', 'take the first key out, once nobody uses a token of it')
    .option('--force', 'with --finish: cut who still does; for after a theft')
    .option('--reason <text>', 'why, for the audit')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  accord keys rotate spokes-scope && accord keys rotate spokes-scope --finish')
    .action((key: string, options: RotateOptions) => rotate(context, keys, key, options));
}

async function rotate(context: Context, command: Command, key: string, { finish, force, reason, yes }: RotateOptions): Promise<void> {
  if (key !== 'spokes-scope') command.error(`error: there is no key "${key}" to rotate; there is spokes-scope`);
  if (force === true && finish !== true) command.error('error: --force goes with --finish');
  if (force === true)
    await askYes(context, {
      question: 'Cut every cluster that still uses a token of the old key? Each renews by itself within seconds.',
      yes,
    });
  const body = { finish: finish === true, force: force === true };
  show(context, await context.hub().read(`${path}/rotate`, scopeKeySchema, { method: 'POST', body, reason }));
}

function show({ terminal }: Context, { current, next, waiting }: ScopeKey): void {
  terminal.print(`spokes-scope  ${current}${next === undefined ? '' : `\n  replaced by ${next}`}`);
  if (next === undefined) return;
  if (waiting.length === 0)
    terminal.print('  every connected cluster uses a token of the new one: accord keys rotate spokes-scope --finish');
  else terminal.print(`  ${waiting.length} still use a token of the old one: ${waiting.join(', ')}`);
}
