import { loginServerSchema, whoamiSchema } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import { hubUrl } from '../config.ts';
import type { Context } from '../context.ts';
import { HubClient } from '../hub-client.ts';
import { forgetLogin, keepLogin } from '../login/kept-login.ts';
import { logIn } from '../login/log-in.ts';
import { renderBinding } from '../render/binding.ts';

export function addLogin(program: Command, context: Context): void {
  program
    .command('login')
    .summary('log in with a browser')
    .description(
      'Logs in at the server that the hub names, in a browser, and keeps the token for this hub, readable by you alone. It is renewed by itself.',
    )
    .addHelpText('after', '\nExample:\n  export ACCORD_URL=https://hub.example.org && accord login')
    .action(() => login(context));
  program
    .command('logout')
    .summary('forget the login')
    .description('Forgets the token that login has kept for this hub.')
    .addHelpText('after', '\nExample:\n  accord logout')
    .action(() => logout(context));
  program
    .command('whoami')
    .summary('whom the hub takes you for, and what you may')
    .description('Prints your name at the hub, your role for the whole fleet if you have one, and your bindings.')
    .addHelpText('after', '\nExample:\n  accord whoami')
    .action(() => whoami(context));
}

async function login({ env, terminal, signal, now }: Context): Promise<void> {
  const url = hubUrl(env);
  // Nobody yet: the way to log in is public.
  const server = await new HubClient({ url, token: undefined }, signal).read('/v1/login', loginServerSchema);
  const kept = await logIn(server, { show: (text) => terminal.note(text), nowMs: now(), signal });
  keepLogin(env, url, kept);
  const { actor } = await new HubClient({ url, token: () => Promise.resolve(kept.token) }, signal).read('/v1/whoami', whoamiSchema);
  terminal.print(`${actor} at ${url}`);
}

function logout({ env, terminal }: Context): void {
  const url = hubUrl(env);
  if (!forgetLogin(env, url)) throw new CodedError('not-found', `there is no login for ${url}`, { help: 'Log in with: accord login' });
  terminal.print(`logged out of ${url}`);
}

async function whoami({ hub, terminal }: Context): Promise<void> {
  const { actor, role, bindings, expiresAt } = await hub().read('/v1/whoami', whoamiSchema);
  terminal.print(actor, ...(role === undefined ? [] : [`${role} of the whole fleet`]), ...bindings.map(renderBinding));
  if (role === undefined && bindings.length === 0) terminal.note('You may nothing here: ask an admin for a binding.');
  if (expiresAt !== undefined) terminal.note(`until ${expiresAt}`);
}
