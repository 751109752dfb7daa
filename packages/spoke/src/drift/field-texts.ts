import { printOf, type Print } from '@accord/core/drift/fingerprint';
import { fieldManager } from '@accord/proto/labels';
import type { ObjectMeta } from '../kube/kube.ts';

/** Texts beyond one for each object are looked through when so many more have come together. */
const textsKeptMin = 200;

/** Objects of one shape have equal field sets, so one copy of each text serves them all. */
export class FieldTexts {
  readonly #texts = new Map<string, string>();

  get size(): number {
    return this.#texts.size;
  }

  /** The print of our entry, with its text shared. `kept` are the prints of `count` objects: what none of them uses is let go. */
  printOf({ managedFields }: ObjectMeta, count: number, kept: () => Iterable<Print | undefined>): Print | undefined {
    const print = printOf(managedFields, fieldManager);
    if (print === undefined) return undefined;
    if (this.#texts.size > textsKeptMin + count) {
      this.#texts.clear();
      for (const used of kept()) if (used !== undefined) this.#texts.set(used.fields, used.fields);
    }
    const fields = this.#texts.get(print.fields) ?? print.fields;
    this.#texts.set(fields, fields);
    return { ...print, fields };
  }
}
