import { Option, type Command } from 'commander';

export type Output = 'wide' | 'json' | 'yaml' | 'name';

/** `-o` with the formats that the verb has. */
export function addOutputOption(command: Command, formats: readonly Output[]): Command {
  return command.addOption(new Option('-o, --output <format>', 'output format').choices([...formats]));
}
