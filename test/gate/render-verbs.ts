import type { Command, Option } from 'commander';

const begin = /^<!-- verbs: (.*) -->$/;
const end = '<!-- end of verbs -->';

/** The verbs that the markers of a document name, in its order. */
export function verbsNamed(document: string): readonly string[] {
  return document.split('\n').flatMap((line) => begin.exec(line)?.[1]?.split(' ') ?? []);
}

/** The document with what stands between its markers written anew from the help of the program. */
export function withVerbs(document: string, program: Command): string {
  const lines: string[] = [];
  let isInside = false;
  for (const line of document.split('\n')) {
    const verbs = begin.exec(line)?.[1]?.split(' ');
    if (line === end) isInside = false;
    if (!isInside) lines.push(line);
    if (verbs === undefined) continue;
    isInside = true;
    lines.push('', ...verbs.flatMap((verb) => renderVerb(commandNamed(program, verb), `accord ${verb}`)));
  }
  return lines.join('\n');
}

function commandNamed(program: Command, name: string): Command {
  const command = program.commands.find((known) => known.name() === name);
  if (command === undefined) throw new RangeError(`there is no verb ${name}`);
  return command;
}

/** What the help says of a verb, and of the verbs below it. */
function renderVerb(command: Command, words: string): readonly string[] {
  const inner = command
    .createHelp()
    .visibleCommands(command)
    .filter((known) => known.name() !== 'help');
  const options = command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help');
  const rows = [
    ...command.registeredArguments.map((argument) => [
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      argument.description,
    ]),
    ...options.map((option) => [option.flags, meaningOf(option)]),
  ];
  return [
    `### ${words}`,
    '',
    escaped(command.description()),
    '',
    ...(rows.length === 0
      ? []
      : ['| | |', '|---|---|', ...rows.map(([flags = '', text = '']) => `| \`${flags.replaceAll('|', '\\|')}\` | ${escaped(text)} |`), '']),
    ...inner.flatMap((known) => renderVerb(known, `${words} ${known.name()}`)),
  ];
}

function meaningOf({ description, argChoices, defaultValue, defaultValueDescription, mandatory }: Option): string {
  const facts = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(defaultValue === undefined || defaultValue === false ? [] : [`by default ${defaultValueDescription ?? String(defaultValue)}`]),
    ...(mandatory ? ['must be given'] : []),
  ];
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
