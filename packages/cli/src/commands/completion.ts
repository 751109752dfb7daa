import { script } from '@bomb.sh/tab';
import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bash-script.ts';
import { completeWords, completingOf } from '../completion/complete-words.ts';
import { readLiveNames } from '../completion/live-names.ts';
import { completionWaitMs } from '../config.ts';
import type { Context } from '../context.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export function addCompletion(program: Command, context: Context): void {
  const completion = program
    .command('completion')
    .summary('completion for bash, zsh and fish')
    .description(
      'Prints a script that completes verbs, options, and the names of policies, clusters and changes as the hub has them. Where the hub does not answer within a second (ACCORD_COMPLETION_WAIT), names are left out.',
    )
    .addArgument(new Argument('<shell>', 'which shell').choices([...shells]))
    .addHelpText(
      'after',
      '\nExample:\n  source <(accord completion bash)                                      # in ~/.bashrc\n  source <(accord completion zsh)                                       # in ~/.zshrc, after compinit\n  accord completion fish > ~/.config/fish/completions/accord.fish',
    )
    .action((shell: (typeof shells)[number]) => {
      if (shell === 'bash') context.terminal.print(bashScript);
      else script(shell, 'accord', 'accord completion');
    });
  completion
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) => complete(program, context, words));
}

async function complete(program: Command, { hub, terminal, env }: Context, words: readonly string[]): Promise<void> {
  const { isFile, wanted } = completingOf(program, words);
  // The directive that leaves it to the shell.
  if (isFile) terminal.print(':0');
  else completeWords(program, words, await readLiveNames(hub, wanted, completionWaitMs(env)));
}
