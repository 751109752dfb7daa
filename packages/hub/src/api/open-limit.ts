import { Refusal } from './refusal.ts';

/** What one caller may hold open at once, so that nobody holds all connections. */
export class OpenLimit {
  readonly #max: number;
  readonly #what: string;
  readonly #help: string;
  readonly #open = new Map<string, number>();

  /** `what` says what is open, as in `token/ci has 50 open event streams`. */
  constructor(max: number, what: string, help: string) {
    this.#max = max;
    this.#what = what;
    this.#help = help;
  }

  /** Rejects with `busy`. Whoever is let in says when he goes, once. */
  enter(actor: string): () => void {
    const open = this.#open.get(actor) ?? 0;
    if (open >= this.#max) throw new Refusal('busy', `${actor} has ${open} ${this.#what}`, { help: this.#help });
    this.#open.set(actor, open + 1);
    return () => {
      const left = (this.#open.get(actor) ?? 1) - 1;
      if (left > 0) this.#open.set(actor, left);
      else this.#open.delete(actor);
    };
  }
}
