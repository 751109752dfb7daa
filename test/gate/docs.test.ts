import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { execFileSync } from 'node:child_process';
import { createProgram } from '@accord/cli/program';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { root } from './plant.ts';

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const textOf = new Map(
  tracked.filter((path) => /\.(md|ts|mjs|yaml|proto)$/.test(path) && !path.includes('/gen/')).map((path) => [path, readIfThere(path)]),
);
const documents = [...textOf].filter(([path]) => path.endsWith('.md'));

/** A file that git knows may have been deleted in the working tree. */
function readIfThere(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}

describe('documents', () => {
  test('there are documents to check', () => expect(documents.length).toBeGreaterThan(20));

  test.each(documents.map(([path]) => path))('every link of %s leads somewhere', (path) => {
    const links = [...(textOf.get(path) ?? '').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere(path, link))).toEqual([]);
  });

  test('every document that the sources name exists', () => {
    const named = [...textOf].flatMap(([path, text]) => [...text.matchAll(/\bdocs\/[\w/.-]+\.md\b/g)].map(([name]) => `${path}: ${name}`));
    expect(named.filter((mention) => !textOf.has(mention.slice(mention.indexOf(': ') + 2)))).toEqual([]);
  });

  test('every decision is listed', () => {
    const decisions = [...textOf.keys()].filter((path) => /^docs\/adr\/\d/.test(path)).map((path) => path.slice('docs/adr/'.length));
    const index = textOf.get('docs/adr/README.md') ?? '';
    expect(decisions.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });
});

describe('commands', () => {
  const program = createProgram({ terminal: { print: () => undefined, note: () => undefined } } as never);

  test('every command that a document or a program names exists', () => {
    const unknown = [...textOf].flatMap(([path, text]) =>
      isProse(path)
        ? [...commandsIn(text)].filter((words) => !isCommand(program, words)).map((words) => `${path}: ${words.join(' ')}`)
        : [],
    );
    expect(unknown).toEqual([]);
  });
});

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : normalize(join(dirname(from), path)).replace(/\/$/, '');
  if (!tracked.some((file) => file === target || file.startsWith(`${target}/`))) return false;
  return anchor === undefined || anchorsOf(textOf.get(target) ?? '').has(anchor);
}

/** As GitHub makes them: lower case, no punctuation, dashes for spaces. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const isProse = (path: string): boolean => path.endsWith('.md') || (/^packages\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'));

/** `./accord VERB …` anywhere, and what a help says after a colon: `run: accord VERB …`. */
function* commandsIn(text: string): Generator<string[]> {
  for (const [, words = ''] of text.matchAll(
    /(?:\.\/accord|(?<!default): accord|[`]accord|\n {2}accord) ([a-z][a-z-]*(?: [a-z][a-z-]*)?)/g,
  ))
    yield words.split(' ');
}

function isCommand(program: Command, [verb = '', word]: readonly string[]): boolean {
  const command = program.commands.find((known) => known.name() === verb);
  if (command === undefined) return false;
  // A verb that has verbs of its own takes one of them.
  return command.commands.length === 0 || command.commands.some((known) => known.name() === word);
}
