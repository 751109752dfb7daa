interface Keyed<Entry> {
  readonly key: string;
  readonly entry: Entry;
}

/** The first so many of all that come after a key, sorted by their keys. Sorts a few at a time, and never all of them. */
export class FirstEntries<Entry> {
  readonly #after: string;
  readonly #max: number;
  #kept: readonly Keyed<Entry>[] = [];
  #fresh: Keyed<Entry>[] = [];
  #last: string | undefined;
  #hasMore = false;

  constructor(after: string, max: number) {
    this.#after = after;
    this.#max = max;
  }

  add(key: string, entry: Entry): void {
    if (key <= this.#after) return;
    if (this.#last !== undefined && key > this.#last) {
      this.#hasMore = true;
      return;
    }
    this.#fresh.push({ key, entry });
    if (this.#fresh.length >= this.#max) this.#settle();
  }

  /** `next` is the key after which the next page begins; undefined when this is the last one. */
  page(): { readonly entries: readonly Entry[]; readonly next: string | undefined } {
    this.#settle();
    return { entries: this.#kept.map(({ entry }) => entry), next: this.#hasMore ? this.#kept.at(-1)?.key : undefined };
  }

  #settle(): void {
    const all = [...this.#kept, ...this.#fresh].toSorted((a, b) => (a.key < b.key ? -1 : 1));
    this.#fresh = [];
    this.#kept = all.slice(0, this.#max);
    if (all.length > this.#max) this.#hasMore = true;
    if (all.length >= this.#max) this.#last = this.#kept.at(-1)?.key;
  }
}
