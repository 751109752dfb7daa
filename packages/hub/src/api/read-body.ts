import { LineCounter, parseAllDocuments } from 'yaml';
import { Refusal } from './refusal.ts';

/** Of the text as it came. What is stored is canonical JSON and may be much smaller. */
export const rawBytesMax = 3 * 1024 * 1024;

/** JSON, or YAML where the content type says so. Rejects with `invalid` (400), line and column; the text itself is never repeated. */
export function readBody(bytes: unknown, contentType = ''): unknown {
  const text = textOf(bytes);
  if (text.trim() === '') throw malformed('the request has no body', 'Send the object as JSON or YAML.');
  return /yaml/i.test(contentType) ? readYaml(text) : readJson(text);
}

/** As `readBody`, for bodies that may be left out. */
export function readOptionalBody(bytes: unknown, contentType = ''): unknown {
  return textOf(bytes).trim() === '' ? {} : readBody(bytes, contentType);
}

function textOf(bytes: unknown): string {
  if (!Buffer.isBuffer(bytes)) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('the body is not UTF-8', 'Save it as UTF-8.');
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = errorOffset(text);
    const lines = text.slice(0, at).split('\n');
    const what = at >= text.length ? 'it ends too early' : `unexpected ${JSON.stringify(text.charAt(at))}`;
    throw malformed(
      `the body is no JSON: ${what} at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`,
      'Correct it there; YAML needs content type application/yaml.',
    );
  }
}

/** V8 names a place only in some of its messages. The shortest prefix that fails for another reason than its end ends there. */
function errorOffset(text: string): number {
  let [low, high] = [0, text.length + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (middle <= text.length && endsTooEarly(text.slice(0, middle))) low = middle + 1;
    else high = middle;
  }
  return Math.min(Math.max(0, low - 1), text.length);
}

function endsTooEarly(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    const { message } = error as SyntaxError;
    return (
      /end of JSON input|Unterminated string/.test(message) ||
      message.includes(`at position ${prefix.length} `) ||
      message.endsWith(`at position ${prefix.length}`)
    );
  }
}

function readYaml(text: string): unknown {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  if (!Array.isArray(documents)) throw malformed('the body is empty', 'Send the object as JSON or YAML.');
  if (documents.length > 1) throw malformed(`the body holds ${documents.length} documents`, 'Send one object in each request.');
  const [error] = documents[0]?.errors ?? [];
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw malformed(`the body is no YAML: ${yamlFault(error.code)} at line ${line}, column ${col}`, 'Correct it there.');
  }
  try {
    return documents[0]?.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (cause) {
    const isUnresolved = (cause as Error).message.startsWith('Unresolved alias');
    throw malformed(
      isUnresolved ? 'the YAML has an alias without its anchor' : 'the YAML uses aliases that multiply',
      'Write the values out.',
    );
  }
}

/** `DUPLICATE_KEY` → `duplicate key`. The message of the parser may repeat the text. */
function yamlFault(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

function malformed(message: string, help: string): Refusal {
  return new Refusal('invalid', message, { status: 400, help });
}
