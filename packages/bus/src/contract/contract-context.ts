import type { ClusterId } from '@accord/proto/ids';
import type { Bus, FollowOptions, Item, Stored } from '../bus.ts';

/** One empty bus with its two sides. */
export interface HubAndSpoke {
  readonly hub: Bus;
  readonly spoke: Bus;
  /** The cluster whose subjects the spoke may use. */
  readonly id: ClusterId;
  /** Lets time pass for a bus whose clock stands still; with a real clock the tests wait for what they expect. */
  readonly elapse: (ms: number) => void;
  readonly close: () => Promise<void>;
}

/** What a test of the contract is given; `signal` aborts when the test ends. */
export type Context = HubAndSpoke & { readonly signal: AbortSignal };
export type Use = () => Context;

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (body: Uint8Array | undefined): string | undefined => body && new TextDecoder().decode(body);
export const item = (subject: string, body: string, expectSeq?: number): Item => ({
  subject,
  body: bytes(body),
  ...(expectSeq !== undefined && { expectSeq }),
});
export const readText = async (bus: Bus, subject: string): Promise<string | undefined> => text((await bus.last(subject))?.body);
/** For requests whose answer is expected. */
export const withinASecond = { timeoutMs: 1_000 };

/** Reads until something is true of what was read, one line per delivery. */
export async function read(
  { hub, signal }: Context,
  options: FollowOptions,
  until: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const delivery of hub.follow(options, signal)) {
    lines.push(render(delivery));
    if (until(lines)) break;
  }
  return lines;
}
/** A delivery in one line, for a diff that reads well. */
export const render = (delivery: Stored | 'caught-up'): string =>
  delivery === 'caught-up' ? delivery : `${delivery.seq} ${delivery.subject} ${text(delivery.body)} ${delivery.tx}`;
/** For `read`: up to the moment at which nothing more is stored. */
export const caughtUp = (lines: readonly string[]): boolean => lines.at(-1) === 'caught-up';
export const everything = (stream: FollowOptions['stream']): FollowOptions => ({ stream, filters: [], afterSeq: 0 });
