import { RootCommand, type Complete } from '@bomb.sh/tab';
import type { Command, Option } from 'commander';
import { kindOf, kindWords } from '../objects/kinds.ts';
import type { LiveNames, NameKind } from './live-names.ts';
import { byOption, commandOf, kindsOfArgument, type ValueKind } from './wanted-names.ts';

/** What is known of what is being completed, before any name is read. */
export interface Completing {
  /** The shell completes names of files by itself. */
  readonly isFile: boolean;
  readonly wanted: ReadonlySet<NameKind>;
}

/** `words` are those after the program, the last of which is being completed and may be empty. */
export function completingOf(program: Command, words: readonly string[]): Completing {
  const before = words.slice(0, -1);
  const { command, verb, rest } = commandOf(program, before);
  const option = optionBefore(command, words);
  if (option !== undefined) return completingOne(byOption[option.long ?? ''] ?? [], rest);
  if ((words.at(-1) ?? '').startsWith('-')) return completingOne([], rest);
  const kinds = command.registeredArguments.flatMap((argument) => kindsOfArgument(verb, argument.name()));
  return completingOne(kinds, rest);
}

function completingOne(kinds: readonly ValueKind[], rest: readonly string[]): Completing {
  const wanted = kinds.flatMap((kind) => (kind === 'kinds' ? namesOfKind(rest) : kind === 'files' ? [] : [kind]));
  return { isFile: kinds.includes('files'), wanted: new Set(wanted) };
}

/** After a word for a kind its names, before it names of both: `policy/NAME` begins with the kind as well. */
function namesOfKind([first]: readonly string[]): readonly NameKind[] {
  const kind = first === undefined ? undefined : kindOf(first);
  if (kind === undefined) return ['policies', 'clusters'];
  return [kind === 'Cluster' ? 'clusters' : 'policies'];
}

/** The option whose value is being completed: `--policy pa` or `--policy=pa`. */
function optionBefore(command: Command, words: readonly string[]): Option | undefined {
  const [previous = '', current = ''] = words.slice(-2).length === 2 ? words.slice(-2) : ['', ...words.slice(-1)];
  const written = current.startsWith('--') && current.includes('=') ? current.slice(0, current.indexOf('=')) : previous;
  return command.options.find((option) => (option.required || option.optional) && [option.short, option.long].includes(written));
}

/**
 * Prints what may stand in place of the last word, in the protocol of cobra that the scripts of the shells read: a line for each
 * candidate, its description behind a tab, and a directive at the end.
 */
export function completeWords(program: Command, words: readonly string[], names: LiveNames): void {
  const root = new RootCommand();
  const { rest } = commandOf(program, words.slice(0, -1));
  addVerbs(root, program, [], { names, rest });
  root.parse([...words]);
}

interface Known {
  readonly names: LiveNames;
  /** Words behind the verb. */
  readonly rest: readonly string[];
}

function addVerbs(root: RootCommand, parent: Command, path: readonly string[], known: Known): void {
  for (const command of parent.createHelp().visibleCommands(parent)) {
    const words = [...path, command.name()];
    const verb = root.command(words.join(' '), command.summary() || command.description());
    for (const option of command.createHelp().visibleOptions(command)) addOption(verb, option, known);
    for (const argument of command.registeredArguments) {
      const kinds = kindsOfArgument(words.join(' '), argument.name());
      verb.argument(argument.name(), offering([...(argument.argChoices ?? []), ...valuesOf(kinds, known)]), argument.variadic);
    }
    addVerbs(root, command, words, known);
  }
}

function addOption(verb: ReturnType<RootCommand['command']>, option: Option, known: Known): void {
  const long = option.long?.replace(/^--/, '');
  if (long === undefined) return;
  const short = option.short?.replace(/^-/, '');
  // Where a value follows, its handler says so even when it knows none.
  if (option.required || option.optional)
    verb.option(
      long,
      option.description,
      offering([...(option.argChoices ?? []), ...valuesOf(byOption[option.long ?? ''] ?? [], known)]),
      short,
    );
  else if (short === undefined) verb.option(long, option.description);
  else verb.option(long, option.description, short);
}

function offering(values: readonly string[]): (complete: Complete) => void {
  return (complete) => {
    for (const value of values) complete(value, '');
  };
}

function valuesOf(kinds: readonly ValueKind[], { names, rest }: Known): readonly string[] {
  return kinds.flatMap((kind) => {
    if (kind === 'files') return [];
    if (kind !== 'kinds') return names[kind];
    const [first] = rest;
    if (first !== undefined && kindOf(first) !== undefined) return [...names.policies, ...names.clusters];
    return [...kindWords, ...names.policies.map((name) => `policy/${name}`), ...names.clusters.map((name) => `cluster/${name}`)];
  });
}
