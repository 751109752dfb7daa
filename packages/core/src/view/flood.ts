/** Raw traffic that no spoke of ours makes. The server limits neither messages nor connections of a key, so the hub looks at them. */
import type { ListedConnection } from './connections.ts';

export interface Traffic extends ListedConnection {
  /** Messages that the server has had from this connection. */
  readonly received: number;
}

/** What the server counted, at a moment of its clock. */
export interface TrafficLook {
  readonly connections: readonly Traffic[];
  readonly atServerMs: number;
}

export interface Flood {
  readonly key: string;
  readonly because: string;
}

/**
 * Messages a second, between two looks. A cold start of 2,000 documents reads each once, and reports are batched: ten times that in ten
 * seconds is no spoke of ours.
 */
export const messagesPerSecondMax = 2_000;
/** A spoke has one, and two while it changes its token. */
export const connectionsPerKeyMax = 8;

/** The keys that flood. Without an earlier look only connections are counted. */
export function judgeFlood(before: TrafficLook | undefined, now: TrafficLook): readonly Flood[] {
  const counts = new Map(before?.connections.map((one) => [idOf(one), one.received]));
  const sinceMs = before?.atServerMs ?? Number.POSITIVE_INFINITY;
  const perKey = new Map<string, { connections: number; messages: number }>();
  for (const one of now.connections) {
    const sum = perKey.get(one.key) ?? { connections: 0, messages: 0 };
    perKey.set(one.key, sum);
    sum.connections += 1;
    // One that was open at the last look and not listed has sent what it sent at a time that nobody knows.
    const last = counts.get(idOf(one)) ?? (one.sinceMs >= sinceMs ? 0 : one.received);
    sum.messages += one.received - last;
  }
  const seconds = (now.atServerMs - sinceMs) / 1_000;
  return [...perKey].flatMap(([key, { connections, messages }]) => {
    const perSecond = seconds > 0 ? Math.round(messages / seconds) : 0;
    if (connections > connectionsPerKeyMax) return [{ key, because: `${connections} connections at once` }];
    return perSecond > messagesPerSecondMax ? [{ key, because: `${perSecond} messages a second` }] : [];
  });
}

function idOf({ server, cid }: Traffic): string {
  return `${server}/${cid}`;
}
