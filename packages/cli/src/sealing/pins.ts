import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import * as z from 'zod';
import { configHome, type Environment } from '../config.ts';

const pinSchema = z.object({
  clusterID: z.string(),
  /** Public nkey of the spoke: what it attests later is the same cluster's. */
  spoke: z.string(),
  keyID: z.string(),
  notBefore: z.string(),
});
export type Pin = z.infer<typeof pinSchema>;

/** hub → cluster → pin */
const pinsSchema = z.record(z.string(), z.record(z.string(), pinSchema));
export type Pins = z.infer<typeof pinsSchema>;

export function pinsFile(env: Environment): string {
  return join(configHome(env), 'sealing-keys.json');
}

/** Empty where nothing was pinned yet. Rejects with `garbage` where the file holds something else: a pin is never dropped in silence. */
export async function readPins(file: string): Promise<Pins> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new CodedError('forbidden', `${file} cannot be read (${cause.code ?? cause.message})`, {
      help: `Look at it: ls -l ${file}`,
      cause,
    });
  });
  if (text === undefined) return {};
  try {
    return pinsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CodedError('garbage', `${file} does not hold the keys that you have pinned`, {
      help: 'Restore it, or move it away and compare each fingerprint anew when you seal.',
      cause,
    });
  }
}

export async function writePins(file: string, pins: Pins): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(pins, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}
