import { Document, isScalar, Scalar, visit } from 'yaml';
import { hasControls, unicodeEscapes } from './escape-controls.ts';

/** JSON that reads back as the same value, and in which no control character reaches a terminal. */
export function renderJson(value: unknown): string {
  return unicodeEscapes(JSON.stringify(value, undefined, 2));
}

/** YAML with the same promise: text with control characters stands in double quotes, where escapes are understood. */
export function renderYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      // Line breaks and tabs alone are harmless and stay readable as a block.
      if (isScalar(node) && typeof node.value === 'string' && hasControls(node.value.replace(/[\n\t]/g, '')))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return unicodeEscapes(document.toString({ lineWidth: 0 })).trimEnd();
}
