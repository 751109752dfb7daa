import { sha256 } from '@accord/proto/canonical';
import type { Fence } from '@accord/proto/document';
import type { IndexEntry } from '@accord/proto/messages';
import type { Doc } from '@accord/proto/subjects';

/** What an index says of one document. */
export interface Entry extends Fence {
  readonly digest: Uint8Array;
  readonly deleted: boolean;
  readonly deletedAtMs: number;
}

/**
 * The documents of one anchor, with the digest that proves the set complete.
 *
 * The lines are kept sorted between changes: a spoke hashes them once for each live document, and an anchor may hold a thousand.
 */
export class Entries {
  readonly #entries = new Map<Doc, Entry>();
  #sorted: { readonly doc: Doc; readonly line: string }[] = [];

  static of(entries: readonly IndexEntry[]): Entries {
    const made = new Entries();
    for (const { doc, ...entry } of entries) made.#entries.set(doc as Doc, entry);
    made.#sorted = [...made.#entries].filter(([, entry]) => !entry.deleted).map(([doc, entry]) => ({ doc, line: lineOf(doc, entry) }));
    made.#sorted.sort((a, b) => (a.doc < b.doc ? -1 : 1));
    return made;
  }

  /** One that changes on its own, without the entries that are not kept: the lines of thousands of members are not made again for one. */
  copy(isKept: (entry: Entry) => boolean): Entries {
    const made = new Entries();
    for (const [doc, entry] of this.#entries) if (isKept(entry)) made.#entries.set(doc, entry);
    made.#sorted = this.#sorted.filter(({ doc }) => made.#entries.has(doc));
    return made;
  }

  get(doc: Doc): Entry | undefined {
    return this.#entries.get(doc);
  }

  docs(): Iterable<Doc> {
    return this.#entries.keys();
  }

  /** As the index body lists them: sorted by name, deleted ones included. */
  list(): IndexEntry[] {
    return [...this.#entries].map(([doc, entry]) => ({ doc, ...entry })).toSorted((a, b) => (a.doc < b.doc ? -1 : 1));
  }

  put(doc: Doc, entry: Entry): void {
    this.#entries.set(doc, entry);
    const at = this.#position(doc);
    const found = this.#sorted[at]?.doc === doc ? 1 : 0;
    if (entry.deleted) this.#sorted.splice(at, found);
    else this.#sorted.splice(at, found, { doc, line: lineOf(doc, entry) });
  }

  /** Forgets an entry, as when a tombstone has grown old. */
  drop(doc: Doc): void {
    this.#entries.delete(doc);
    const at = this.#position(doc);
    if (this.#sorted[at]?.doc === doc) this.#sorted.splice(at, 1);
  }

  /** The same value as `indexDigest` in @accord/proto/document, without sorting again. */
  digest(): Uint8Array {
    // One text: handing over a thousand lines one by one takes five times as long.
    return sha256(this.#sorted.map(({ line }) => line).join(''));
  }

  #position(doc: Doc): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle]?.doc ?? '') < doc) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lineOf(doc: Doc, { epoch, revision, step, digest }: Entry): string {
  return `${doc}\0${epoch}\0${revision}\0${step}\0${Buffer.from(digest).toString('hex')}\n`;
}
