import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

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

/** Of the terminal that shows standard output; it changes while somebody drags its border. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** As wide as terminals have been since the VT100. */
const standardSize: Size = { columns: 80, rows: 24 };

/** Where a command speaks: results to stdout, everything else to stderr. */
export class Terminal {
  readonly paint: Paint;
  /** Somebody reads standard output; else it goes to a file or a program. */
  readonly isOutTerminal: boolean;
  readonly #out: Writable;
  readonly #err: Writable;
  readonly #isTerminal: boolean;
  readonly #size: () => Size;
  #shown = '';

  constructor({
    out,
    err,
    colour,
    isTerminal,
    isOutTerminal = false,
    size = () => standardSize,
  }: {
    out: Writable;
    err: Writable;
    colour: boolean;
    isTerminal: boolean;
    isOutTerminal?: boolean;
    size?: () => Partial<Size>;
  }) {
    this.#out = out;
    this.#err = err;
    this.#isTerminal = isTerminal;
    this.isOutTerminal = isOutTerminal;
    this.#size = () => ({ ...standardSize, ...size() });
    this.paint = colour ? (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : plain;
  }

  print(...lines: readonly string[]): void {
    if (lines.length > 0) this.#out.write(`${lines.join('\n')}\n`);
  }

  /** Where sentences are broken: at the border of a terminal, and nowhere in a file. */
  get sentenceWidth(): number {
    return this.isOutTerminal ? this.#size().columns : Infinity;
  }

  /** How wide what is drawn may be, in a file as well. */
  get drawingWidth(): number {
    return this.isOutTerminal ? this.#size().columns : standardSize.columns;
  }

  /** Shows these lines in place of everything that was there; what does not fit below is left out. Elsewhere than on a terminal they are printed. */
  renew(...lines: readonly string[]): void {
    if (!this.isOutTerminal) return this.print(...lines);
    const fitting = linesFitting(lines, this.#size());
    // Home, each line with its rest erased, then all below: nothing flickers as it does when the screen is erased first.
    this.#out.write(`\u001b[H${fitting.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
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

/** As many lines as a screen shows, one row of it left for the cursor; the last says how many are left out. */
function linesFitting(lines: readonly string[], { columns, rows }: Size): readonly string[] {
  // What is wider than the screen takes several rows of it.
  const taken = lines.map((line) => Math.max(1, Math.ceil(Array.from(stripVTControlCharacters(line)).length / columns)));
  const upTo = (rowsMax: number): number => {
    let left = rowsMax;
    const cut = taken.findIndex((count) => (left -= count) < 0);
    return cut < 0 ? lines.length : cut;
  };
  if (upTo(rows - 1) === lines.length) return lines;
  const shown = upTo(rows - 2);
  return [...lines.slice(0, shown), `… ${lines.length - shown} lines more`];
}
