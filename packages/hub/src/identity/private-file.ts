import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CodedError, type ErrorCode } from '@accord/proto/coded-error';

const codeOf: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
  ENOTDIR: 'forbidden',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

/** Makes the directory with mode 0700. Rejects with `forbidden` when it is there and open to group or others. */
export function ensurePrivateDirectory(path: string): void {
  translating(`${path} cannot be used`, () => makeDirectory(path));
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0) throw tooOpen(path, mode, `chmod 700 ${path}`);
}

/** The text of a file; undefined when there is none. Rejects with `forbidden` when group or others may read or write it. */
export function readPrivateFile(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw translate(`${path} cannot be read`, error);
  }
  try {
    const { mode } = fstatSync(file);
    if ((mode & 0o077) !== 0) throw tooOpen(path, mode, `chmod 600 ${path}`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/**
 * Replaces a file in one step, with mode 0600. It is on disk when this returns, and a reader sees the old or the new text.
 * Rejects with `forbidden` or `disk-full`; the old text is then still there.
 */
export function writePrivateFile(path: string, text: string): void {
  translating(`${path} cannot be written`, () => {
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      writeDurably(temporary, text);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    // Without this a power cut may bring back the old name, although the new bytes are on disk.
    syncDirectory(dirname(path));
  });
}

/** Puts one file into the place of another, at once and for good. */
export function renamePrivateFile(from: string, to: string): void {
  translating(`${from} cannot be moved to ${to}`, () => {
    renameSync(from, to);
    syncDirectory(dirname(to));
  });
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** Not `recursive`: that loops for ever where a parent exists and refuses with ENOENT, as /proc does. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function tooOpen(path: string, mode: number, command: string): CodedError {
  const text = `${path} is open to other users (mode ${(mode & 0o777).toString(8)}), and what is in it may be known to them.`;
  return new CodedError('forbidden', text, { help: `Find out who could read it; then run: ${command}` });
}

function translating(doing: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw translate(doing, error);
  }
}

function translate(doing: string, error: unknown): unknown {
  const code = systemCode(error);
  const known = codeOf[code ?? ''];
  if (known === undefined) return error;
  const help =
    known === 'disk-full' ? 'Make room on that disk; nothing was lost.' : 'Give the hub a directory that it may write: --data DIR';
  return new CodedError(known, `${doing} (${code}).`, { cause: error, help });
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
