import type { Writable } from 'node:stream';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
/** Colours a text, or gives it back as it is where no colour is wanted. */
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

export const plain: Paint = (_style, text) => text;

/** Where a command speaks: results to stdout, everything else to stderr. */
export class Terminal {
  readonly paint: Paint;
  /** Somebody reads standard output; else it goes to a file or a program. */
  readonly isOutTerminal: boolean;
  readonly #out: Writable;
  readonly #err: Writable;
  readonly #isTerminal: boolean;
  #shown = '';

  constructor({
    out,
    err,
    colour,
    isTerminal,
    isOutTerminal = false,
  }: {
    out: Writable;
    err: Writable;
    colour: boolean;
    isTerminal: boolean;
    isOutTerminal?: boolean;
  }) {
    this.#out = out;
    this.#err = err;
    this.#isTerminal = isTerminal;
    this.isOutTerminal = isOutTerminal;
    this.paint = colour ? (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : plain;
  }

  print(...lines: readonly string[]): void {
    if (lines.length > 0) this.#out.write(`${lines.join('\n')}\n`);
  }

  note(...lines: readonly string[]): void {
    if (lines.length > 0) this.#err.write(`${lines.join('\n')}\n`);
  }

  /** How far it is. On a terminal one line that is written anew, elsewhere a line for each change. */
  progress(text: string): void {
    if (text === this.#shown) return;
    this.#shown = text;
    this.#err.write(this.#isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  /** Ends the line of `progress`; what it said last stays to be read. */
  endProgress(): void {
    if (this.#shown !== '' && this.#isTerminal) this.#err.write('\n');
    this.#shown = '';
  }
}
