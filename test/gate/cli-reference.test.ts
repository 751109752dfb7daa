import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '@accord/cli/program';
import { exitCodes } from '@accord/cli/exit-codes';
import { describe, expect, test } from 'vitest';
import { rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';
import { verbsNamed, withVerbs } from './render-verbs.ts';

const path = join(root, 'docs/reference/cli.md');
const program = createProgram({ terminal: { print: () => undefined, note: () => undefined } } as never);
const text = readFileSync(path, 'utf8');

describe('docs/reference/cli.md', () => {
  test('says of every verb and option what its help says; REWRITE=1 writes it', () => {
    const written = withVerbs(text, program);
    if (process.env['REWRITE'] === '1') writeFileSync(path, written);
    else expect(text).toBe(written);
  });

  test('has every verb once', () => {
    const visible = program
      .createHelp()
      .visibleCommands(program)
      .map((command) => command.name());
    expect(verbsNamed(text).toSorted()).toEqual(visible.filter((name) => name !== 'help').toSorted());
  });

  test('has every exit code', () => {
    expect(rowsBelow(text, '## Exit codes').map(([code]) => Number(code))).toEqual([...Object.values(exitCodes), 130]);
  });

  test('every verb has an example; the program behind local has its own help', () => {
    const without = program.commands.filter((command) => {
      let help = '';
      command.configureOutput({ writeOut: (part) => (help += part) }).outputHelp();
      return !help.includes('Example:') && command.commands.length === 0;
    });
    expect(without.map((command) => command.name())).toEqual(['local']);
  });
});
