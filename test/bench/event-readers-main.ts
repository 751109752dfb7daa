import type { HubEvent } from '@accord/proto/api';
import { followHub } from './watch-hub.ts';
import { RestClient } from './rest-client.ts';
import { wallMs } from './wall-clock.ts';

/** What the parent sends: where to read with which tokens, in so many streams; or to tell what came since it was last asked. */
export type ReadersOrder =
  | { readonly type: 'read'; readonly url: string; readonly tokens: readonly string[]; readonly streams: number }
  | { readonly type: 'tell' };

export type ReadersAnswer =
  | { readonly type: 'reading' }
  /** Change → when each stream told it. */
  | { readonly type: 'told'; readonly changes: Readonly<Record<string, readonly number[]>>; readonly resets: number };

let changes: Record<string, number[]> = {};
let resets = 0;

process.once('disconnect', () => process.exit());
process.on('message', (order: ReadersOrder) => void carryOut(order));

async function carryOut(order: ReadersOrder): Promise<void> {
  if (order.type === 'read') {
    const { signal } = new AbortController();
    const clients = order.tokens.map((token) => new RestClient({ url: order.url, token }));
    const streams = Array.from({ length: order.streams }, (_, n) => clients[n % clients.length]);
    for (const client of streams) if (client !== undefined) await followHub(client, see, signal);
    return tell({ type: 'reading' });
  }
  tell({ type: 'told', changes, resets });
  [changes, resets] = [{}, 0];
}

function see(event: HubEvent): void {
  if (event.type === 'reset') resets += 1;
  if (event.type === 'change') (changes[event.id] ??= []).push(wallMs());
}

function tell(answer: ReadersAnswer): void {
  process.send?.(answer);
}
