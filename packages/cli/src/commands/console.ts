import { consoleLinkSchema } from '@accord/proto/api-fleet';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { openInBrowser } from '../open-in-browser.ts';

const path = '/v1/console/links';

export function addConsole(program: Command, context: Context): void {
  program
    .command('console')
    .summary('the fleet in your browser')
    .description(
      'Opens the console of the hub in a browser, as whom this program speaks to it. The link works once, for a minute; the session that it opens ' +
        'ends with your token, and after twelve hours.',
    )
    .option('--print', 'print the link instead of opening it')
    .addHelpText('after', '\nExample:\n  accord console')
    .action((options: { readonly print?: boolean }) => open(context, options.print === true));
}

async function open({ hub, terminal, env }: Context, isPrinted: boolean): Promise<void> {
  const { url, expiresAt } = await hub().read(path, consoleLinkSchema, { method: 'POST' });
  const address = addressOf(hub().url, url);
  if (!isPrinted && (await openInBrowser(address, env))) {
    terminal.print('The console is open in your browser.');
    terminal.note(`Its link works once, until ${expiresAt}. If nothing is to be seen: accord console --print`);
    return;
  }
  terminal.print(address);
  terminal.note(`Open it in a browser: it works once, until ${expiresAt}.`);
}

/** Where this program reaches the hub, which behind a proxy knows itself by another address; and nothing else that the hub says is opened. */
function addressOf(hubUrl: string, link: string): string {
  const code = URL.parse(link)?.hash ?? '';
  if (/^#enter=[\w-]+$/.test(code)) return new URL(`/${code}`, hubUrl).href;
  throw new CodedError('garbage', `${hubUrl}${path} answered no link`, { help: 'Is it a hub of this version? See: accord doctor' });
}
