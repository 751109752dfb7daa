import { strict as assert } from 'node:assert';
import { streamOf, type Stream } from '@accord/proto/subjects';
import type { Item } from './bus.ts';
import { streamDefinitions } from './stream-definitions.ts';

const itemsMax = 1_000;

/** The stream of all items. Asserts what `Bus.append` asks of its caller; both buses call it, so that a scenario finds what a server would refuse. */
export function checkAppend(items: readonly Item[], tx: string): Stream {
  assert(items.length > 0 && items.length <= itemsMax, `append of ${items.length} items`);
  assert(/^[\x21-\x7e]+$/.test(tx), `append needs a transaction id without blanks, not ${JSON.stringify(tx)}`);
  const stream = streamOf(items[0]?.subject ?? '');
  assert(stream !== undefined, `no stream stores ${items[0]?.subject}`);
  for (const { subject, ttlSeconds } of items) {
    assert(streamOf(subject) === stream, `append to ${stream} and ${subject} at once`);
    if (ttlSeconds === undefined) continue;
    assert(Number.isSafeInteger(ttlSeconds) && ttlSeconds > 0, `ttlSeconds ${ttlSeconds}`);
    assert(streamDefinitions[stream].allowTtl, `${stream} takes no message that goes away by itself`);
  }
  assert(items.length === 1 || stream === 'FLEET', `${stream} takes one message at a time`);
  assert(new Set(items.map((item) => item.subject)).size === items.length, 'append of one subject twice');
  return stream;
}
