import type { Stored } from '@accord/bus/bus';
import { isCoded } from '@accord/proto/coded-error';
import { openHistory } from '@accord/proto/history-message';
import type { TrustedKeys } from '@accord/proto/seal';
import { parseHistory, parseIntent } from '@accord/proto/subjects';
import type { Log } from '@accord/runtime/log';
import type { FactSeen } from '../intent/intent-log.ts';
import { historyTables, isSqlite, type Database } from './database.ts';
import { factRow, insertFact, type FactRow } from './fact-rows.ts';
import { insertHistory } from './history-rows.ts';
import { messageDigest, type Position } from './positions.ts';

interface PendingMessage {
  readonly seq: number;
  readonly subject: string;
  readonly body: Uint8Array;
  readonly digest: string;
}

/** More waiting messages than this hold up their reader. */
const pendingMax = 64;

/**
 * The tables of the past: INTENT and HISTORY, projected.
 *
 * What comes in waits in memory until `flush`, beside the path of a change, and is written with the positions up to which both streams are in.
 * Whoever reads flushes first, so that he sees what he wrote.
 */
export class HistoryStore {
  readonly database: Database;
  readonly #keys: TrustedKeys;
  readonly #log: Log;
  /** Position of INTENT: facts up to here are in, whatever order they were folded in. */
  #intentSeq: number;
  #historySeq: number;
  #facts: FactRow[] = [];
  #messages: PendingMessage[] = [];
  #isFailing = false;
  /** How far INTENT was read without a hole; a hub folds its own facts before those that came first. */
  intentRead: () => number = () => 0;

  constructor(database: Database, { keys, log }: { readonly keys: TrustedKeys; readonly log: Log }) {
    this.database = database;
    this.#keys = keys;
    this.#log = log;
    this.#intentSeq = this.#position('INTENT').seq;
    this.#historySeq = this.#position('HISTORY').seq;
  }

  get historySeq(): number {
    return this.#messages.at(-1)?.seq ?? this.#historySeq;
  }

  get isBusy(): boolean {
    return this.#messages.length >= pendingMax;
  }

  /** What the tables were made from, so that it can be compared with what the streams hold. */
  position(stream: 'INTENT' | 'HISTORY'): Position {
    return this.#position(stream);
  }

  /** To be called for each folded fact; one that is in already changes nothing. */
  addFact(fact: FactSeen): void {
    const place = parseIntent(fact.subject);
    if (place !== undefined && fact.recorded.seq > this.#intentSeq) this.#facts.push(factRow(place, fact));
  }

  /** To be called for each message of HISTORY, in order. What no hub of ours signed is passed over. */
  addMessage({ seq, subject, body: bytes }: Stored): void {
    const digest = messageDigest(bytes);
    try {
      this.#messages.push({ seq, subject, digest, body: openHistory(bytes, subject, this.#keys) });
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#log.error('a message in HISTORY is not ours and was not believed', { subject, seq, because: error.message });
      this.#messages.push({ seq, subject: '', digest, body: new Uint8Array() });
    }
  }

  /** Writes what waits. A file that takes nothing now gets it later; a damaged one is made anew at the next start. */
  flush(): void {
    const intentSeq = Math.max(this.#intentSeq, this.intentRead());
    if (this.#facts.length === 0 && this.#messages.length === 0 && intentSeq === this.#intentSeq) return;
    try {
      this.database.transact(() => this.#write(intentSeq));
    } catch (error) {
      if (!isSqlite(error)) throw error;
      if (!this.#isFailing) this.#log.error('the history takes nothing now; it is tried again', { because: error.message });
      this.#isFailing = true;
      return;
    }
    this.#isFailing = false;
    this.#intentSeq = intentSeq;
    this.#historySeq = this.historySeq;
    this.#facts = [];
    this.#messages = [];
  }

  /** Forgets what HISTORY no longer holds: rows of messages before `firstSeq`. */
  prune(firstSeq: number): void {
    this.flush();
    this.database.transact(() => {
      for (const table of historyTables) this.database.run(`DELETE FROM ${table} WHERE seq < ?`, firstSeq);
    });
  }

  /** Begins anew: the streams are not those that the tables were made from. */
  clear(): void {
    this.database.clear();
    this.#intentSeq = 0;
    this.#historySeq = 0;
    this.#facts = [];
    this.#messages = [];
  }

  close(): void {
    this.flush();
    this.database.close();
  }

  #write(intentSeq: number): void {
    for (const fact of this.#facts) insertFact(this.database, fact);
    for (const { seq, subject, body } of this.#messages) {
      const kind = parseHistory(subject);
      if (kind !== undefined) insertHistory(this.database, kind, seq, body);
    }
    const last = this.#messages.at(-1);
    if (last !== undefined) this.#moveTo('HISTORY', { seq: last.seq, digest: last.digest });
    const digest = this.database.get<{ readonly digest: string }>(
      'SELECT digest FROM facts WHERE seq <= ? ORDER BY seq DESC LIMIT 1',
      intentSeq,
    );
    this.#moveTo('INTENT', { seq: intentSeq, digest: digest?.digest ?? '' });
  }

  #moveTo(stream: string, { seq, digest }: Position): void {
    this.database.run('INSERT OR REPLACE INTO positions (stream, seq, digest) VALUES (?, ?, ?)', stream, seq, digest);
  }

  #position(stream: string): Position {
    return this.database.get<Position>('SELECT seq, digest FROM positions WHERE stream = ?', stream) ?? { seq: 0, digest: '' };
  }
}
