import type { Trouble } from '@accord/core/apply/report-policy';
import { isCoded } from '@accord/proto/coded-error';

/** The API server did not answer a read: it is tried again, and holds up no other object. What is no failure of the server is thrown on. */
export function unanswered(error: unknown): Trouble & { readonly outcome: 'retry'; readonly reason: 'Unreachable' } {
  if (!isCoded(error)) throw error;
  return { outcome: 'retry', reason: 'Unreachable', because: error.message };
}

/** As `unanswered`, where the spoke may lack the right to read. */
export function unreadable(error: unknown): Trouble {
  if (isCoded(error, 'forbidden')) return { outcome: 'refused', reason: 'Forbidden', because: error.message };
  return unanswered(error);
}
