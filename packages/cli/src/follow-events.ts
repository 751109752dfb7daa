import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';
import { isAway } from './failure-of.ts';
import type { Told } from './hub-client.ts';

/** `lost`: the connection was cut, and is made again. `missed`: something may have happened that will not be told. */
export type Followed = Told | 'listening' | 'lost' | 'missed';

const retryMsFirst = 250;
const retryMsMax = 30_000;
/** A stream that lasted so long was a good one; one that ends at once must not be asked for in a loop. */
const steadyMs = 10_000;

/**
 * What happens in the fleet, across cut connections, until the program is stopped: each event once, in order, as long as the
 * hub can go on after the last id. Rejects where the first connection fails, and where a later one is refused for good.
 */
export async function* followEvents({ hub, now, signal }: Pick<Context, 'hub' | 'now' | 'signal'>): AsyncGenerator<Followed> {
  let after = '';
  let hasListened = false;
  for (let retryMs = retryMsFirst; ; retryMs = Math.min(retryMs * 2, retryMsMax)) {
    const startedMs = now();
    try {
      for await (const told of hub().events({ after })) {
        if (told !== 'listening') after = idOf(told) || after;
        // A hub without ids cannot say what came while nobody listened.
        else if (hasListened && after === '') yield 'missed';
        hasListened = true;
        yield told !== 'listening' && told.isReset ? 'missed' : told;
      }
    } catch (error) {
      if (!hasListened || !isAway(error)) throw error;
    }
    if (now() - startedMs >= steadyMs) retryMs = retryMsFirst;
    yield 'lost';
    await sleep(retryMs, undefined, { signal });
  }
}

/** A header takes no other characters, and what is no id of ours is not given back. */
function idOf({ id }: Told): string {
  return /^[\x21-\x7e]{1,100}$/.test(id) ? id : '';
}
