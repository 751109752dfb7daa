import type { Draft } from '@accord/core/registry/draft';
import type { Recorded } from '@accord/core/registry/registry';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Author, IntentLog } from './intent-log.ts';

/** Attempts after somebody else wrote first; each decides again on what is there now. */
const attemptsMax = 5;

/**
 * Decides on what is there and writes the facts in their order. When somebody wrote first it decides again; a caller who wants
 * exactly the state that he saw says no in `decide`.
 *
 * Resolves with the last recorded fact; undefined when there was nothing to write.
 */
export async function writeDecision(
  intent: IntentLog,
  decide: () => readonly Draft[],
  author: Author,
): Promise<Recorded<unknown> | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const drafts = decide();
    try {
      let last: Recorded<unknown> | undefined;
      for (const draft of drafts) last = await intent.append(draft, author);
      return last;
    } catch (error) {
      if (!isCoded(error, 'conflict')) throw error;
      if (attempt < attemptsMax) continue;
      throw new CodedError('conflict', 'others write the same at this moment', { help: 'Send it again.', cause: error });
    }
  }
}
