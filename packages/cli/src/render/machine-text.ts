import { Document, isScalar, Scalar, visit } from 'yaml';
import { hasControls, unicodeEscapes } from './escape-controls.ts';

/** JSON that reads back as the same value, and in which no control character reaches a terminal. */
export function renderJson(value: unknown): string {
  return unicodeEscapes(JSON.stringify(value, undefined, 2));
}

/** As programs read it. */
export function renderMachine(output: 'json' | 'yaml', value: unknown): string {
  return output === 'json' ? renderJson(value) : renderYaml(value);
}

/** JSON in one line, for a reader of lines. */
export function renderJsonLine(value: unknown): string {
  return unicodeEscapes(JSON.stringify(value));
}

/** YAML with the same promise: text with control characters stands in double quotes, where escapes are understood. */
export function renderYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && typeof node.value === 'string' && needsQuotes(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Only the last line end goes, which printing brings back: those before it can belong to a text.
  return unicodeEscapes(document.toString({ lineWidth: 0 })).replace(/\n$/, '');
}

function needsQuotes(text: string): boolean {
  return isUnsafe(text) || losesBlanks(text) || isAmbiguous(text);
}

/** Line breaks and tabs alone are harmless and stay readable as a block. */
function isUnsafe(text: string): boolean {
  return hasControls(text.replace(/[\n\t]/g, ''));
}

/** A block that begins with a blank, or holds a line of blanks alone, does not read back as it was. */
function losesBlanks(text: string): boolean {
  return /[\n\t]/.test(text) && (/^\s/.test(text) || /^[ \t]+$/m.test(text));
}

/** Text to YAML 1.2, but a truth value, number or time to the YAML 1.1 of kubectl and many other readers. */
function isAmbiguous(text: string): boolean {
  return /^(y|n|yes|no|on|off)$/i.test(text) || /^[-+]?[\d.][\d_:.,a-fxotz +-]*$/i.test(text);
}
