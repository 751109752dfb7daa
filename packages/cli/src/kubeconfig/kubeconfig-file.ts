import { mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Kubeconfig } from './merge-kubeconfig.ts';

const named = z.nullish(z.array(z.looseObject({ name: z.string() })));
const configSchema = z.looseObject({ kind: z.literal('Config'), clusters: named, users: named, contexts: named });

/** Undefined where no file is, or an empty one. Rejects with `garbage` what is no kubeconfig: it would be overwritten. */
export async function readKubeconfig(path: string): Promise<Kubeconfig | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new CodedError('garbage', `${path} cannot be read: ${error.message}`, { help: 'Name another file with -o.', cause: error });
  });
  if (text.trim() === '') return undefined;
  const result = configSchema.safeParse(parsed(text));
  if (result.success) return result.data;
  throw new CodedError('garbage', `${path} is no kubeconfig, and stays as it is`, { help: 'Name another file with -o.' });
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** In one step, for its owner alone: who reads it sees the old or the new text. A link stays one. */
export async function writeKubeconfig(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, target);
  } catch (cause) {
    throw new CodedError('unavailable', `${path} cannot be written: ${(cause as Error).message}`, {
      help: 'Name another file with -o.',
      cause,
    });
  }
}
