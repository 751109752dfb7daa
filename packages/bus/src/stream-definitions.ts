import type { Stream } from '@accord/proto/subjects';

/** What a stream keeps and accepts; the fields that JetStream and the memory bus both follow. */
export interface StreamDefinition {
  readonly name: Stream;
  readonly subjects: readonly string[];
  /** Older messages of a subject make room for new ones beyond this number; undefined keeps everything. */
  readonly msgsPerSubjectMax?: number;
  readonly ageMsMax?: number;
  /** Of one message with its headers. */
  readonly bytesMax: number;
  readonly discard: 'new' | 'old';
  readonly duplicateWindowMs: number;
  /** Any replica may answer `get`; without it only the leader answers, to `last`. */
  readonly allowDirect?: true;
  readonly allowAtomic?: true;
  readonly allowTtl?: true;
  readonly keepForever?: true;
  /** Nobody deletes a single message; age and size still do. */
  readonly denyDelete?: true;
  readonly republish?: { readonly from: string; readonly to: string };
}

const kib = 1024;
const mib = 1024 * kib;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
// The server takes no window below 100 ms. A spoke that guesses an id could otherwise claim it for longer, and the real message would be dropped as a repetition.
const windowMsMin = 100;

export const streamDefinitions: Readonly<Record<Stream, StreamDefinition>> = {
  INTENT: {
    name: 'INTENT',
    subjects: ['intent.>'],
    bytesMax: mib,
    discard: 'new',
    duplicateWindowMs: 10 * minuteMs,
    keepForever: true,
  },
  FLEET: {
    name: 'FLEET',
    subjects: ['desired.>', 'index.>'],
    msgsPerSubjectMax: 1,
    bytesMax: 2 * mib,
    discard: 'new',
    duplicateWindowMs: windowMsMin,
    allowDirect: true,
    allowAtomic: true,
    allowTtl: true,
    // Not `index.>`: an index of 500 documents is 30 KB, which each change would send to each spoke.
    republish: { from: 'desired.>', to: 'live.desired.>' },
  },
  REPORTS: {
    name: 'REPORTS',
    subjects: ['report.*.*'],
    msgsPerSubjectMax: 1,
    bytesMax: 128 * kib,
    discard: 'new',
    duplicateWindowMs: windowMsMin,
    allowDirect: true,
  },
  OUTCOMES: {
    name: 'OUTCOMES',
    subjects: ['outcome.*'],
    msgsPerSubjectMax: 256,
    ageMsMax: 30 * dayMs,
    bytesMax: 16 * kib,
    discard: 'old',
    duplicateWindowMs: 2 * minuteMs,
    allowDirect: true,
  },
  // What is shown, replayed or audited comes from here and from INTENT; OUTCOMES is but an inbox, bounded so that no cluster crowds out another.
  HISTORY: {
    name: 'HISTORY',
    subjects: ['history.*'],
    ageMsMax: 90 * dayMs,
    bytesMax: 2 * mib,
    discard: 'old',
    duplicateWindowMs: windowMsMin,
    denyDelete: true,
  },
  // For leases of several hubs. Nobody writes it yet; it is there so that its subjects are shut to spokes before the first lease counts.
  CONTROL: {
    name: 'CONTROL',
    subjects: ['control.>'],
    msgsPerSubjectMax: 1,
    bytesMax: 64 * kib,
    discard: 'new',
    duplicateWindowMs: windowMsMin,
    allowTtl: true,
  },
};
