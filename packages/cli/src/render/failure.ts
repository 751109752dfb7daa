import type { CodedError } from '@accord/proto/coded-error';
import { explainFailure } from '@accord/proto/explain-failure';
import { helpFor } from '../failure-of.ts';
import type { Paint } from '../terminal.ts';

/** One failure for people: what went wrong, then what to run. An empty help means that the message says it already. */
export function renderFailure({ code, message, help }: CodedError, paint: Paint): string {
  if (help === '') return `${paint('red', 'error:')} ${message}`;
  return `${paint('red', 'error:')} ${explainFailure({ message, help: help ?? helpFor(code) })}`;
}
