import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { renderEvent } from '../render/event.ts';
import { renderJson } from '../render/machine-text.ts';
import { addOutputOption, type Output } from './output-option.ts';

export function addWatch(program: Command, context: Context): void {
  const command = program
    .command('watch')
    .summary('what happens, line by line')
    .description('Prints what happens in the fleet as it happens: policies, states, connections, heals. Ends with Ctrl-C.')
    .addHelpText('after', '\nExample:\n  accord watch');
  addOutputOption(command, ['json']).action((options: { readonly output?: Output }) => watch(context, options.output));
}

async function watch({ hub, terminal, now, signal }: Context, output: Output | undefined): Promise<void> {
  for (;;) {
    for await (const event of hub().events()) {
      if (output === 'json') terminal.print(renderJson(event).replace(/\n */g, ' '));
      else terminal.print(`${new Date(now()).toISOString().slice(11, 23)} ${renderEvent(event)}`);
    }
    terminal.note('The hub ended the stream; what happened meanwhile shows in: accord status. Connecting again.');
    await sleep(1000, undefined, { signal });
  }
}
