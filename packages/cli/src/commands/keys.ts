import { hubKeys, hubKeySchema, type HubKey } from '@accord/proto/api';
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

const signs: Readonly<Record<HubKey, string>> = {
  'spokes-scope': 'signs the tokens of clusters',
  desired: 'signs desired state',
  'hub-signing': 'signs the tokens of the hub for its streams',
  'sys-signing': 'signs the tokens of the hub for the system of nats-server',
  operator: 'signs the claims of accounts; nats-server is started anew',
};

type Shown = z.infer<typeof hubKeySchema>;
const pathOf = (key: HubKey): string => `/v1/keys/${key}`;

/** `keys`: what signs for the hub. */
export function addKeys(program: Command, context: Context): void {
  const keys = program
    .command('keys')
    .summary('see and replace the keys of the hub')
    .description('Shows and replaces the keys of the hub.')
    .addHelpText('after', '\nExample:\n  accord keys show');
  keys
    .command('show')
    .description('Shows the keys that sign for the hub, and who has not renewed yet while one is replaced.')
    .addHelpText('after', '\nExample:\n  accord keys show')
    .action(async () => {
      for (const key of hubKeys) show(context, key, await context.hub().read(pathOf(key), hubKeySchema));
    });
  keys
    .command('rotate')
    .description(
      'Adds a second key and has everybody use it: clusters renew in waves. With --finish the second one takes the place of the first.',
    )
    .argument(
      '<key>',
      Object.entries(signs)
        .map(([key, what]) => `${key} (${what})`)
        .join(', '),
    )
    .option('--finish', 'take the first key out, once everybody uses the second')
    .option('--force', 'with --finish: cut who has not; for after a theft of spokes-scope')
    .option('--reason <text>', 'why, for the audit')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  accord keys rotate spokes-scope && accord keys rotate spokes-scope --finish')
    .action((key: string, options: RotateOptions) => rotate(context, keys, key, options));
}

async function rotate(context: Context, command: Command, name: string, { finish, force, reason, yes }: RotateOptions): Promise<void> {
  const key = hubKeys.find((known) => known === name);
  if (key === undefined) return command.error(`error: there is no key "${name}" to rotate; there are ${hubKeys.join(', ')}`);
  if (force === true && finish !== true) command.error('error: --force goes with --finish');
  if (force === true)
    await askYes(context, {
      question: 'Cut every cluster that still uses a token of the old key? Each renews by itself within seconds.',
      yes,
    });
  const body = { finish: finish === true, force: force === true };
  show(context, key, await context.hub().read(`${pathOf(key)}/rotate`, hubKeySchema, { method: 'POST', body, reason }));
}

function show({ terminal }: Context, key: HubKey, { current, next, before, waiting }: Shown): void {
  terminal.print(`${key}  ${current}${next === undefined ? '' : `\n  replaced by ${next}`}`);
  if (before !== undefined) terminal.print(`  ${before} is believed as well until everything is signed anew: docs/runbooks/rotate-keys.md`);
  if (next === undefined) return;
  const everybody = key === 'spokes-scope' || key === 'desired' ? 'every connected cluster has renewed since' : 'the hub uses it';
  if (waiting.length === 0) terminal.print(`  ${everybody}: accord keys rotate ${key} --finish`);
  else terminal.print(`  ${waiting.length} have not renewed since: ${waiting.join(', ')}`);
}
