import type { CodedError } from './coded-error.ts';

/** What went wrong and what to do, as two sentences for people. A message may come with or without its full stop. */
export function explainFailure({ message, help }: Pick<CodedError, 'message' | 'help'>): string {
  const sentence = /[.!?…]$/.test(message) ? message : `${message}.`;
  return help === undefined ? sentence : `${sentence} ${help}`;
}
