import type { Connection } from '@accord/core/view/presence';
import type { AuditRecord, PresenceChange, Publication, Statement } from '@accord/proto/messages';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { Database } from './database.ts';
import type { EventRecorder } from './event-recorder.ts';
import { clusterA } from './example-history.ts';
import { PresenceRecorder } from './presence-recorder.ts';
import { PublicationRecorder } from './publication-recorder.ts';
import { RefusalRecorder } from './refusal-recorder.ts';

function listening(): { readonly events: EventRecorder; readonly told: string[] } {
  const told: string[] = [];
  const events = {
    published: ({ anchor, doc, version, change, atMs }: Publication) => told.push(`${anchor} ${doc} ${version} ${change} ${atMs}`),
    presence: ({ state, atMs, sinceMs }: PresenceChange) => told.push(`${state} ${atMs} ${sinceMs}`),
  };
  return { events: events as unknown as EventRecorder, told };
}

describe('PublicationRecorder', () => {
  const statement = (version: number): Statement =>
    ({
      epoch: 1,
      version,
      revision: 1,
      step: 0,
      deleted: false,
      change: { id: 'p@1', traceparent: '' },
      issuedAtMs: 5,
    }) as unknown as Statement;

  test('tells each document of a plan, and no index', () => {
    const { events, told } = listening();
    const documents = [{ subject: 'desired.l.env.prod.p', statement: statement(3), body: new Uint8Array() }];
    new PublicationRecorder(events, async () => undefined).stored({ documents, indexes: [] }, 9);
    expect(told).toEqual(['l.env.prod p 3 p@1 9']);
  });

  test('what stands in FLEET and was not told is told at a start, once, as its signature says', async () => {
    const { events, told } = listening();
    const database = new Database(':memory:');
    database.run(
      `INSERT INTO published (anchor, epoch, version, seq, doc, revision, step, deleted, change, at_ms) VALUES ('all', 1, 1, 1, 'known', 1, 0, 0, '', 0)`,
    );
    const signed = new Map([['desired.all.p', statement(2)]]);
    const recorder = new PublicationRecorder(events, async (subject) => signed.get(subject));
    recorder.found('desired.all.forged', statement(3));
    recorder.found('desired.all.known', statement(1));
    recorder.found('desired.all.p', statement(2));
    for (let time = 0; time < 2; time += 1) await recorder.settle(database, new AbortController().signal);
    expect(told).toEqual(['all p 2 p@1 5']);
  });
});

describe('PresenceRecorder', () => {
  const seen = (recorded: readonly (readonly [string, string])[], ...states: readonly Connection[]): readonly string[] => {
    const { events, told } = listening();
    let connection: Connection = { state: 'unknown' };
    const recorder = new PresenceRecorder({ recorder: events, clock: new ManualClock(7), connectionOf: () => connection, recorded });
    for (const state of states) {
      connection = state;
      recorder.see(clusterA);
    }
    return told;
  };
  const live: Connection = { state: 'live' };
  const offline: Connection = { state: 'offline', sinceMs: 3 };

  test('tells each change once, and nothing of what is not known', () =>
    expect(seen([], { state: 'unknown' }, live, live, offline, offline, live)).toEqual(['live 7 0', 'offline 7 3', 'live 7 0']));

  test('after a restart tells only what is otherwise since', () => {
    expect(seen([[clusterA, 'live']], live)).toEqual([]);
    expect(seen([[clusterA, 'live']], offline)).toEqual(['offline 7 3']);
  });
});

describe('RefusalRecorder', () => {
  function world() {
    const clock = new ManualClock(0);
    const told: string[] = [];
    const recorder = new RefusalRecorder(({ actor, detail, count }: AuditRecord) => told.push(`${actor} ${detail} ×${count}`), clock);
    const refuse = (actor: string, detail: string, isKnown = false): void =>
      recorder.refuse({ actor, action: 'GET', object: '/', change: '', reason: '', source: '', detail }, isKnown);
    return { clock, told, recorder, refuse };
  }

  test('each refusal of somebody who is known is told', () => {
    const { told, refuse } = world();
    for (const detail of ['a', 'b']) refuse('token/ci', detail, true);
    expect(told).toEqual(['token/ci a ×1', 'token/ci b ×1']);
  });

  test('what a caller who is known is refused again and again is counted as well', () => {
    const { clock, told, recorder, refuse } = world();
    for (let times = 0; times < 500; times += 1) refuse('token/ci', 'a', true);
    refuse('token/other', 'a', true);
    clock.advance(60_000);
    recorder.settle();
    expect(told).toEqual(['token/ci a ×1', 'token/other a ×1', 'token/ci a ×499']);
  });

  test('of a stranger the first is told at once, and the others of its minute as one', () => {
    const { clock, told, recorder, refuse } = world();
    for (const detail of ['a', 'b', 'c']) refuse('nobody at 1', detail);
    refuse('nobody at 2', 'x');
    clock.advance(60_000);
    recorder.settle();
    expect(told).toEqual(['nobody at 1 a ×1', 'nobody at 2 x ×1', 'nobody at 1 c ×2']);
  });

  test('more addresses than are counted apart are counted together', () => {
    const { clock, told, recorder, refuse } = world();
    for (let address = 0; address < 5_000; address += 1) refuse(`nobody at ${address}`, 'x');
    clock.advance(60_000);
    recorder.settle();
    expect(told.length).toBeLessThanOrEqual(1_002);
  });
});
