import type { HeldDocument } from '@accord/core/desired/desired-set';

/** The newest record of this cluster, and word of the one that follows. */
export class CurrentRecord {
  #document: HeldDocument;
  #replaced = new AbortController();

  constructor(document: HeldDocument) {
    this.#document = document;
  }

  get document(): HeldDocument {
    return this.#document;
  }

  /** Aborts when the document of this moment is replaced. */
  get replaced(): AbortSignal {
    return this.#replaced.signal;
  }

  take(document: HeldDocument): void {
    this.#document = document;
    this.#replaced.abort();
    this.#replaced = new AbortController();
  }
}
