import type { Command } from 'commander';
import type { NameKind } from './live-names.ts';

/** What an argument or the value of an option is. `files` leaves it to the shell, `kinds` is a word for a kind and then names of it. */
export type ValueKind = NameKind | 'files' | 'kinds';

/** By the name of the argument, whatever the verb. */
const byArgument: Readonly<Record<string, readonly ValueKind[]>> = {
  policy: ['policies'],
  cluster: ['clusters'],
  change: ['policies', 'changes'],
  revision: ['revisions'],
  from: ['revisions'],
  to: ['revisions'],
  'kinds-or-names': ['kinds'],
};

const cluster: readonly ValueKind[] = ['clusters'];
const policy: readonly ValueKind[] = ['policies'];

/** By the verb, where its argument is called a name; all of its arguments. */
export const byVerb: Readonly<Record<string, readonly ValueKind[]>> = {
  why: ['policies', 'clusters'],
  describe: ['kinds'],
  edit: ['kinds'],
  delete: ['kinds'],
  suspend: policy,
  resume: policy,
  'cluster label': cluster,
  'cluster pause': cluster,
  'cluster resume': cluster,
  'cluster inform': cluster,
  'cluster enforce': cluster,
  'cluster revoke': cluster,
  'cluster rotate-key': cluster,
  'cluster leave': cluster,
  'cluster stay': cluster,
};

/** By the option, whatever the verb. */
export const byOption: Readonly<Record<string, readonly ValueKind[]>> = {
  '--policy': policy,
  '--cluster': cluster,
  '--steps': cluster,
  '--filename': ['files'],
  '--clusters': ['files'],
  '--out': ['files'],
};

export function kindsOfArgument(verb: string, argument: string): readonly ValueKind[] {
  return byVerb[verb] ?? byArgument[argument] ?? [];
}

/** The command that words lead to, with the words that name it, and those left. */
export function commandOf(
  program: Command,
  words: readonly string[],
): { readonly command: Command; readonly verb: string; readonly rest: readonly string[] } {
  let command = program;
  const path: string[] = [];
  for (const word of words) {
    const inner = command.commands.find((known) => known.name() === word);
    if (inner === undefined) break;
    command = inner;
    path.push(word);
  }
  return { command, verb: path.join(' '), rest: words.slice(path.length) };
}
