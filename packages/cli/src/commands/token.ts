import { roles, type Role } from '@accord/proto/access';
import { apiTokenResponseSchema, apiTokensSchema } from '@accord/proto/api';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { checkedDuration } from '../parse-duration.ts';
import { renderBinding } from '../render/binding.ts';
import { addBindingOptions, bindingOf, type BindingOptions } from './binding-options.ts';
import { ageOf } from '../render/age.ts';
import { renderTable } from '../render/table.ts';

interface CreateOptions extends BindingOptions {
  readonly role: Role;
  readonly expiresIn?: string;
}

export function addToken(program: Command, context: Context): void {
  const token = program
    .command('token')
    .summary('who may speak to the hub')
    .description('Makes, lists and revokes the tokens with which people and programs speak to the hub.');
  token.addHelpText('after', '\nExample:\n  accord token create ci --role operator --expires-in 720h');
  const create = token
    .command('create')
    .alias('add')
    .description('Prints a new token alone on standard output. It is shown once.')
    .argument('<name>', 'who it is for; shows in the audit')
    .addOption(
      new Option('--role <role>', 'viewer reads, operator writes, admin also makes tokens').choices([...roles]).makeOptionMandatory(),
    )
    .addOption(new Option('--expires-in <duration>', 'how long it holds (default: until it is revoked)').argParser(checkedDuration))
    .addHelpText(
      'after',
      `
Without options of a binding the role holds for the whole fleet. With one of them it holds for what they name, and for nothing else.

Example:
  export ACCORD_TOKEN=$(accord token create ci --role operator --expires-in 720h)
  accord token create pay --role operator -l env=dev --policies 'team-pay*' --namespaces 'pay-*' --parts namespaces,bindings,quota`,
    );
  addBindingOptions(create).action((name: string, options: CreateOptions) => make(context, name, options));
  token
    .command('list')
    .description('Lists tokens by name; the tokens themselves are stored nowhere.')
    .addHelpText('after', '\nExample:\n  accord token list')
    .action(() => list(context));
  token
    .command('revoke')
    .description('Makes a token useless at once.')
    .argument('<name>', 'name of the token')
    .addHelpText('after', '\nExample:\n  accord token revoke ci')
    .action((name: string) => revoke(context, name));
}

async function make({ hub, terminal }: Context, name: string, { role, expiresIn, ...bound }: CreateOptions): Promise<void> {
  const binding = bindingOf(role, bound);
  const body = { name, ...(binding === undefined ? { role } : { bindings: [binding] }), ...(expiresIn === undefined ? {} : { expiresIn }) };
  const made = await hub().read('/v1/api-tokens', apiTokenResponseSchema, { method: 'POST', body });
  terminal.print(made.token);
  terminal.note(
    `${made.role} token ${made.name}, ${made.expiresAt === undefined ? `holds until: accord token revoke ${made.name}` : `holds until ${made.expiresAt}`}`,
  );
}

async function list({ hub, terminal, now }: Context): Promise<void> {
  const { items } = await hub().read('/v1/api-tokens', apiTokensSchema);
  const rows = items.map(({ name, role, bindings, createdAt, expiresAt, revoked }) => [
    name,
    bindings === undefined ? role : bindings.map(renderBinding).join('; '),
    ageOf(createdAt, now()),
    expiresAt ?? 'never',
    revoked ? 'revoked' : stateOf(expiresAt, now()),
  ]);
  terminal.print(...renderTable([['NAME', 'ROLE', 'AGE', 'EXPIRES', 'STATE'], ...rows]));
}

async function revoke({ hub, terminal }: Context, name: string): Promise<void> {
  await hub().send(`/v1/api-tokens/${encodeURIComponent(name)}`, { method: 'DELETE' });
  terminal.print(`token ${name} revoked`);
}

function stateOf(expiresAt: string | undefined, nowMs: number): string {
  return expiresAt !== undefined && Date.parse(expiresAt) <= nowMs ? 'expired' : 'valid';
}
