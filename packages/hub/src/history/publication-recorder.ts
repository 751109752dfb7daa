import type { FleetPlan } from '@accord/core/fleet/plan-fleet';
import type { Publication, Statement } from '@accord/proto/messages';
import { parseDesired } from '@accord/proto/subjects';
import type { Database } from './database.ts';
import type { EventRecorder } from './event-recorder.ts';

/** Reads one document of FLEET again and checks its signature; undefined when it is not there, or not ours. */
export type ReadVerified = (subject: string) => Promise<Statement | undefined>;

/** What stands in FLEET and what is written there, as publications. */
export class PublicationRecorder {
  readonly #recorder: EventRecorder;
  readonly #readVerified: ReadVerified;
  /** What stood in FLEET when it was read: a hub that was killed between writing and telling has told nothing of it. */
  #found = new Map<string, Publication>();

  constructor(recorder: EventRecorder, readVerified: ReadVerified) {
    this.#recorder = recorder;
    this.#readVerified = readVerified;
  }

  /** A document of FLEET as it was read at a start. */
  found(subject: string, statement: Statement): void {
    const publication = publicationOf(subject, statement, statement.issuedAtMs);
    if (publication !== undefined) this.#found.set(subject, publication);
  }

  stored({ documents }: FleetPlan, atMs: number): void {
    for (const { subject, statement } of documents) {
      const publication = publicationOf(subject, statement, atMs);
      if (publication !== undefined) this.#recorder.published(publication);
    }
  }

  /** Tells what was found and is not known yet. To be called once the tables have caught up. */
  async settle(database: Database, signal: AbortSignal): Promise<void> {
    const found = this.#found;
    this.#found = new Map();
    for (const [subject, { anchor, epoch, version }] of found) {
      const known = database.get('SELECT seq FROM published WHERE anchor = ? AND epoch = ? AND version = ?', anchor, epoch, version);
      if (known !== undefined || signal.aborted) continue;
      const statement = await this.#readVerified(subject);
      const publication = statement === undefined ? undefined : publicationOf(subject, statement, statement.issuedAtMs);
      if (publication !== undefined) this.#recorder.published(publication);
    }
  }
}

function publicationOf(subject: string, statement: Partial<Statement>, atMs: number): Publication | undefined {
  const place = parseDesired(subject);
  if (place === undefined) return undefined;
  const { epoch = 0, version = 0, revision = 0, step = 0, deleted = false, change } = statement;
  return { ...place, epoch, version, revision, step, deleted, change: change?.id ?? '', atMs };
}
