import { readFile } from 'node:fs/promises';
import { CodedError } from '@accord/proto/coded-error';
import type { SecretValues } from '@accord/proto/seal-secret';
import { isSecretKey } from '@accord/proto/sealed-secret';
import { InvalidArgumentError } from 'commander';

/** `KEY=FILE`, where the file may be `-`. */
export interface Source {
  readonly key: string;
  readonly file: string;
}

/** Throws InvalidArgumentError for what names no value. */
export function parseSource(word: string): Source {
  const equals = word.indexOf('=');
  const [key, file] = [word.slice(0, equals), word.slice(equals + 1)];
  // A value in its place would stand in the history of the shell.
  if (equals < 1 || file === '') throw new InvalidArgumentError('Write KEY=FILE, or KEY=- for standard input.');
  if (!isSecretKey(key))
    throw new InvalidArgumentError(`${JSON.stringify(key)} is no key of a Secret: use letters, digits, "-", "_" and "."`);
  return { key, file };
}

/** The values, byte for byte. No failure repeats what was read. */
export async function readValues(sources: readonly Source[], stdin: AsyncIterable<string | Uint8Array>): Promise<SecretValues> {
  const twice = sources.find(({ key }, index) => sources.findIndex((source) => source.key === key) < index);
  if (twice !== undefined) throw new CodedError('invalid', `${twice.key} is given twice`, { help: 'Leave one of them out.' });
  if (sources.filter(({ file }) => file === '-').length > 1)
    throw new CodedError('invalid', 'Standard input is one value', { help: 'Give the others by file: --from-file KEY=FILE' });
  const values: [string, Uint8Array][] = [];
  for (const { key, file } of sources) values.push([key, file === '-' ? await readAll(stdin) : await readBytes(file)]);
  return Object.fromEntries(values);
}

async function readAll(stdin: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new CodedError('not-found', `${file} does not exist`, { help: 'Write KEY=FILE with a file that holds the value.', cause });
    throw new CodedError('forbidden', `${file} cannot be read (${code})`, { help: `Look at it: ls -l ${file}`, cause });
  }
}
