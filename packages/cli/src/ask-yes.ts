import { createInterface } from 'node:readline/promises';
import { CodedError } from '@accord/proto/coded-error';
import type { Context } from './context.ts';

/** Goes on only after a yes. Where nobody can be asked it rejects, so that a script has to say `--yes`. */
export async function askYes(
  { stdin, stderr, signal }: Pick<Context, 'stdin' | 'stderr' | 'signal'>,
  { question, yes }: { readonly question: string; readonly yes: true | undefined },
): Promise<void> {
  if (yes) return;
  if (!stdin.isTTY) throw new CodedError('invalid', `${question} Nobody is there to answer`, { help: 'Say it with: --yes' });
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal });
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    lines.close();
  }
  throw new CodedError('invalid', 'Nothing was done', { help: 'Run it again and answer y, or say --yes.' });
}
