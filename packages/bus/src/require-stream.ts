import { strict as assert } from 'node:assert';
import { streamOf, type Stream } from '@accord/proto/subjects';
import { streamDefinitions } from './stream-definitions.ts';

/** The stream that stores a subject. Asking for one that is never stored, or by direct get where only the leader answers, is a bug of the caller. */
export function requireStream(subject: string, by: 'leader' | 'direct' = 'leader'): Stream {
  const stream = streamOf(subject);
  assert(stream !== undefined, `no stream stores ${subject}`);
  assert(by === 'leader' || streamDefinitions[stream].allowDirect, `${stream} is read from its leader alone`);
  return stream;
}
