import type { Clock } from '@accord/runtime/clock';

interface Raised {
  readonly count: number;
  readonly lastMs: number;
}

/** Told until this long after it was last raised: twice what the alert AccordClusterAlarm waits, so that one alone is seen by people. */
export const alarmKeepMs = 600_000;
/** Whoever owns the bus chooses the subjects that they name. Those beyond are told of together. */
const alarmsMax = 30;
const others = 'more of this kind';

/** What came and could not be believed of late. `onChange` hears when there is something else to tell; how often is told by powers of ten. */
export class RecentAlarms {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #raised = new Map<string, Raised>();

  constructor({ clock, onChange }: { readonly clock: Clock; readonly onChange: () => void }) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  raise(text: string): void {
    const key = this.#raised.has(text) || this.#raised.size < alarmsMax ? text : others;
    const count = (this.#raised.get(key)?.count ?? 0) + 1;
    this.#raised.set(key, { count, lastMs: this.#clock.now() });
    if (Math.log10(count) % 1 === 0) this.#onChange();
  }

  /** To be called now and then: what was quiet for long enough is over, and that is told as well. */
  settle(): void {
    const over = [...this.#raised].filter(([, { lastMs }]) => this.#clock.now() - lastMs > alarmKeepMs);
    for (const [text] of over) this.#raised.delete(text);
    if (over.length > 0) this.#onChange();
  }

  sentences(): readonly string[] {
    return [...this.#raised].map(([text, { count }]) => {
      const magnitude = 10 ** Math.floor(Math.log10(count));
      return magnitude > 1 ? `${text} (${magnitude} times or more)` : text;
    });
  }
}
