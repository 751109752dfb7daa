import { foldFact } from '@accord/core/registry/registry';
import type { PolicyName } from '@accord/proto/ids';
import { intentSubject } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test, vi } from 'vitest';
import { Projection } from '../views/projection.ts';
import { EventFeed } from './event-feed.ts';
import { EventReader, type Outlet } from './event-reader.ts';

/** A connection that takes nothing until it is told to. */
class StuckConnection implements Outlet {
  written = '';
  #waiting = '';
  #drained: (() => void)[] = [];
  isStuck = true;

  write(bytes: Buffer | string): boolean {
    if (this.isStuck) this.#waiting += bytes.toString();
    else this.written += bytes.toString();
    return !this.isStuck;
  }
  get writableLength(): number {
    return this.#waiting.length;
  }
  on(_event: string, listener: () => void): this {
    this.#drained.push(listener);
    return this;
  }
  drain(): void {
    this.isStuck = false;
    this.written += this.#waiting;
    this.#waiting = '';
    for (const listener of this.#drained) listener();
  }
}

function world() {
  const clock = new ManualClock(1_000);
  const projection = new Projection(clock, new Map());
  const signal = new AbortController().signal;
  const feed = new EventFeed(projection, clock, signal);
  const change = { id: 'x@1', traceparent: '' };
  const body = { name: 'p', revision: 1, spec: {}, anchors: [] };
  foldFact(projection.registry, intentSubject('policy', 'p'), { body, seq: 1, digest: new Uint8Array(), atMs: 0, actor: '', change });
  const out = new StuckConnection();
  const reader = new EventReader(out, feed, clock);
  reader.start('', signal);
  /** Everybody has been told of so many changes with names of 100 characters. */
  const happen = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1)
      projection.notify({
        type: 'change',
        change: 'c'.repeat(100),
        actor: 'a',
        atMs: 0,
        of: { kind: 'policy', policy: 'p' as PolicyName },
      });
    const id = feed.id;
    await vi.waitFor(() => expect(feed.id).not.toBe(id));
  };
  return { clock, out, reader, happen };
}

test('who takes nothing costs no more than a limit, and is told to read anew once he has taken that', async () => {
  const { out, happen } = world();
  for (let round = 0; round < 12; round += 1) await happen(1_000);
  const waiting = out.writableLength;
  expect(waiting).toBeLessThan(2 * 1024 * 1024);
  await happen(1_000);
  expect(out.writableLength).toBe(waiting);
  out.drain();
  expect(out.written).toMatch(/event: reset\ndata: {"type":"reset","reason":"slow"}\n\n$/);
  await happen(1);
  expect(out.written).toMatch(/event: reset\n.*\n\nid: [0-9a-f]{12}-13001\nevent: change\n.*\n\n$/);
});

test('who takes nothing for a minute is given up', async () => {
  const { clock, reader, happen } = world();
  for (let round = 0; round < 12; round += 1) await happen(1_000);
  expect(reader.isLost()).toBe(false);
  clock.advance(60_001);
  expect(reader.isLost()).toBe(true);
});
