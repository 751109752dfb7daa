import { chmodSync, rmSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** Another number means other tables: the file is made anew from the streams. */
const schemaVersion = 4;

/**
 * Every row comes from one message of INTENT (`seq`) or of HISTORY (`seq`, `item`), and is the same whenever it is made. Times are those in
 * the messages, in milliseconds.
 */
const schema = `
CREATE TABLE positions (stream TEXT PRIMARY KEY, seq INTEGER NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (
  seq INTEGER PRIMARY KEY, digest TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  change TEXT NOT NULL, at_ms REAL NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL, traceparent TEXT NOT NULL,
  request TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX facts_object ON facts (kind, object, seq);
CREATE INDEX facts_name ON facts (kind, name, seq);
CREATE INDEX facts_at ON facts (at_ms, seq);
CREATE INDEX facts_action ON facts (type, object);
CREATE TABLE changes (
  id TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  actor TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL, traceparent TEXT NOT NULL, request TEXT NOT NULL, at_ms REAL NOT NULL,
  revision INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX changes_seq ON changes (seq);
CREATE INDEX changes_at ON changes (at_ms);
CREATE INDEX changes_object ON changes (kind, object, seq);
CREATE TABLE outcomes (
  cluster TEXT NOT NULL, boot INTEGER NOT NULL, n INTEGER NOT NULL, item INTEGER NOT NULL, seq INTEGER NOT NULL, at_ms REAL NOT NULL,
  skew_ms REAL NOT NULL, policy TEXT NOT NULL, change TEXT NOT NULL, revision INTEGER NOT NULL, step INTEGER NOT NULL, state TEXT NOT NULL,
  reason TEXT NOT NULL, message TEXT NOT NULL, leaving INTEGER NOT NULL, desired INTEGER NOT NULL, applied INTEGER NOT NULL,
  held INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, removed INTEGER NOT NULL, stamps TEXT NOT NULL,
  problems TEXT NOT NULL, stages TEXT NOT NULL, PRIMARY KEY (cluster, boot, n, item)) WITHOUT ROWID;
CREATE INDEX outcomes_change ON outcomes (change, cluster);
CREATE INDEX outcomes_policy ON outcomes (cluster, policy, boot, n, item, at_ms);
CREATE INDEX outcomes_at ON outcomes (at_ms);
CREATE INDEX outcomes_seq ON outcomes (seq);
CREATE TABLE numbers (cluster TEXT NOT NULL, boot INTEGER NOT NULL, n INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (cluster, boot, n)) WITHOUT ROWID;
CREATE INDEX numbers_seq ON numbers (seq);
CREATE TABLE gaps (
  cluster TEXT NOT NULL, boot INTEGER NOT NULL, first_n INTEGER NOT NULL, last_n INTEGER NOT NULL, reason TEXT NOT NULL,
  seq INTEGER NOT NULL, PRIMARY KEY (cluster, boot, first_n)) WITHOUT ROWID;
CREATE INDEX gaps_seq ON gaps (seq);
CREATE TABLE drift (
  cluster TEXT NOT NULL, boot INTEGER NOT NULL, n INTEGER NOT NULL, item INTEGER NOT NULL, seq INTEGER NOT NULL, at_ms REAL NOT NULL,
  kind TEXT NOT NULL, policy TEXT NOT NULL, object TEXT NOT NULL, cause TEXT NOT NULL, manager TEXT NOT NULL,
  operation TEXT NOT NULL, fields TEXT NOT NULL, message TEXT NOT NULL, seen_ms REAL NOT NULL, healed_ms REAL NOT NULL,
  written_ms REAL NOT NULL, PRIMARY KEY (cluster, boot, n, item)) WITHOUT ROWID;
CREATE INDEX drift_at ON drift (at_ms);
CREATE INDEX drift_object ON drift (object, at_ms);
CREATE INDEX drift_seq ON drift (seq);
CREATE TABLE published (
  anchor TEXT NOT NULL, epoch INTEGER NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, doc TEXT NOT NULL, revision INTEGER NOT NULL,
  step INTEGER NOT NULL, deleted INTEGER NOT NULL, change TEXT NOT NULL, at_ms REAL NOT NULL, PRIMARY KEY (anchor, epoch, version)) WITHOUT ROWID;
CREATE INDEX published_change ON published (change);
CREATE INDEX published_doc ON published (doc, at_ms);
CREATE INDEX published_seq ON published (seq);
CREATE TABLE presence (
  seq INTEGER NOT NULL, item INTEGER NOT NULL, cluster TEXT NOT NULL, state TEXT NOT NULL, at_ms REAL NOT NULL, since_ms REAL NOT NULL,
  PRIMARY KEY (seq, item)) WITHOUT ROWID;
CREATE INDEX presence_at ON presence (at_ms);
CREATE INDEX presence_cluster ON presence (cluster, seq, item);
CREATE TABLE audit (
  seq INTEGER NOT NULL, item INTEGER NOT NULL, at_ms REAL NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,
  change TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL, result TEXT NOT NULL, detail TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (seq, item)) WITHOUT ROWID;
CREATE INDEX audit_at ON audit (at_ms);
CREATE INDEX audit_written ON audit (object) WHERE action = 'Written';
`;

/** What HISTORY fills; each row has the sequence of its message, and goes with it. */
export const historyTables = ['outcomes', 'numbers', 'gaps', 'drift', 'published', 'presence', 'audit'] as const;
export const tables = ['positions', 'facts', 'changes', ...historyTables] as const;

export type SqlRow = Readonly<Record<string, SQLInputValue>>;

/** A file of tables that can be thrown away: what is in it stands in the streams. In memory when `path` is `:memory:`. */
export class Database {
  readonly #path: string;
  #db: DatabaseSync;
  #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.#path = path;
    this.#db = openUsable(path);
  }

  run(sql: string, ...values: readonly SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller has written the columns into the statement, and names their types
  all<Row = SqlRow>(sql: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    return this.#prepare(sql).all(...values) as unknown as readonly Row[];
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
  get<Row = SqlRow>(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as unknown as Row | undefined;
  }

  /** All of it, or nothing. */
  transact(act: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      act();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Begins with empty tables. */
  clear(): void {
    this.close();
    remove(this.#path);
    this.#db = openUsable(this.#path);
  }

  close(): void {
    this.#statements = new Map();
    this.#db.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** A file that is no database, or one with other tables, makes room for an empty one. */
function openUsable(path: string): DatabaseSync {
  try {
    const db = open(path);
    const version = (db.prepare('PRAGMA user_version').get() as { readonly user_version: number }).user_version;
    if (version === schemaVersion) return db;
    if (version === 0 && db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0) return create(db);
    db.close();
  } catch (error) {
    if (!isSqlite(error)) throw error;
  }
  remove(path);
  return create(open(path));
}

function open(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  // The position is stored with what it stands for, so what a power failure takes is read again.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000');
  if (path !== ':memory:') chmodSync(path, 0o600);
  return db;
}

function create(db: DatabaseSync): DatabaseSync {
  db.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`);
  return db;
}

function remove(path: string): void {
  if (path !== ':memory:') for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

/** A failure of the file, not of ours: full, damaged, not to be read. */
export function isSqlite(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR';
}
