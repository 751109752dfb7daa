import { CodedError } from '@accord/proto/coded-error';
import { streamOf } from '@accord/proto/subjects';
import { streamDefinitions } from './stream-definitions.ts';

/** A stream's limit covers the headers too; ours stay below this. */
const headersRoom = 1_024;

/** Throws `too-large` for a body that its stream would refuse: found here, it neither closes the connection nor splits a change. */
export function checkSize({ subject, body }: { readonly subject: string; readonly body: Uint8Array }): void {
  const stream = streamOf(subject);
  if (stream === undefined) return;
  const max = streamDefinitions[stream].bytesMax - headersRoom;
  if (body.length > max) throw new CodedError('too-large', `${subject}: ${body.length} bytes, ${stream} takes ${max}`);
}
