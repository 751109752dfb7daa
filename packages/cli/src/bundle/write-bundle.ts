import { writeFile } from 'node:fs/promises';
import { CodedError } from '@accord/proto/coded-error';
import { redactSecrets } from '@accord/proto/redact-secrets';
import { anonymized, namesIn } from './anonymize.ts';

/**
 * Writes one JSON file that can be read before it is given away. Whatever looks like a credential is cut out; with a salt every name
 * becomes a hash. Rejects with `exists` for a file that is there, `forbidden` for one that cannot be written.
 */
export async function writeBundle(file: string, bundle: unknown, salt: string | undefined): Promise<void> {
  const text = `${JSON.stringify(bundle, undefined, 2)}\n`;
  const named = salt === undefined ? text : anonymized(text, namesIn(bundle), salt);
  try {
    await writeFile(file, redactSecrets(named), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new CodedError('exists', `${file} is there already`, { help: 'Give another name: accord doctor --bundle FILE', cause });
    throw new CodedError('forbidden', `${file} cannot be written: ${message}`, {
      help: 'Give a file in a directory that is yours: accord doctor --bundle FILE',
      cause,
    });
  }
}
