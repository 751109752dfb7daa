import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { parseObjects, type ParsedFile, type WrittenObject } from './parse-objects.ts';

const extensions = new Set(['.yaml', '.yml', '.json']);
/** The hub takes no more; a larger file is a mistake that is better said at once. */
const fileBytesMax = 3 * 1024 * 1024;

/**
 * Every object of the files, in the order of the arguments; a directory gives its YAML and JSON files by name, `-` is standard input.
 *
 * Rejects with `invalid` and every fault of all files, so that nothing is sent when anything is wrong.
 */
export async function readObjects(names: readonly string[], stdin: AsyncIterable<string | Uint8Array>): Promise<readonly WrittenObject[]> {
  const { objects, faults } = await parseFiles(names, stdin);
  if (faults.length > 0) throw new CodedError('invalid', faults.join('\n'), { help: 'Nothing was sent. Correct this and run it again.' });
  if (objects.length === 0)
    throw new CodedError('invalid', `There is no object in ${names.join(', ')}`, { help: 'See an example with: accord apply --help' });
  return objects;
}

/** As `readObjects`, but faults are part of what is given, and nothing at all is no fault. */
export async function parseFiles(names: readonly string[], stdin: AsyncIterable<string | Uint8Array>): Promise<ParsedFile> {
  const parsed = (await readFiles(names, stdin)).map(({ name, text }) => parseObjects(name, text));
  const objects = parsed.flatMap((file) => file.objects);
  return { objects, faults: [...parsed.flatMap((file) => file.faults), ...twice(objects)] };
}

/** The texts of files, of those in a directory by name, and of standard input for `-`. Rejects with `not-found`, `forbidden`, `too-large`, `invalid`. */
export async function readFiles(
  names: readonly string[],
  stdin: AsyncIterable<string | Uint8Array>,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const files = (await Promise.all(names.map(expand))).flat();
  const read: { readonly name: string; readonly text: string }[] = [];
  for (const file of files)
    read.push(file === '-' ? { name: 'stdin', text: await readStdin(stdin) } : { name: file, text: await readText(file) });
  return read;
}

async function expand(name: string): Promise<readonly string[]> {
  if (name === '-') return [name];
  try {
    if (!(await stat(name)).isDirectory()) return [name];
    const inside = (await readdir(name)).filter((entry) => extensions.has(extname(entry)));
    return inside.toSorted().map((entry) => join(name, entry));
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > fileBytesMax)
      throw new CodedError('too-large', `${file} has ${bytes.length} bytes`, { help: 'A file holds at most 3 MiB; split it.' });
    return decode(file, bytes);
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    throw unreadable(file, cause);
  }
}

async function readStdin(stdin: AsyncIterable<string | Uint8Array>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return decode('stdin', Buffer.concat(chunks));
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CodedError('invalid', `${file} is not UTF-8 text`, { help: 'Save it as UTF-8.' });
  }
}

function unreadable(name: string, cause: unknown): CodedError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return new CodedError('not-found', `${name} does not exist`, { help: 'Name a file, a directory, or - for standard input.', cause });
  return new CodedError('forbidden', `${name} cannot be read (${code ?? message})`, { help: `Look at it: ls -l ${name}`, cause });
}

function twice(objects: readonly WrittenObject[]): readonly string[] {
  const first = new Map<string, string>();
  return objects.flatMap(({ kind, name, at }) => {
    const before = first.get(`${kind}/${name}`);
    if (before === undefined) first.set(`${kind}/${name}`, at);
    return before === undefined ? [] : [`${at}: ${kind} ${name} is written twice; it stands at ${before} already. Leave one out.`];
  });
}
