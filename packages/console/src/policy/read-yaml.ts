import { parseDocument } from 'yaml';

export interface ReadYaml {
  readonly object: unknown;
  /** Empty where none is written. */
  readonly name: string;
  /** Why it cannot be sent, with line and column. */
  readonly fault?: string;
}

/** One object of text that a person types. What it means is judged by the hub. */
export function readYaml(text: string): ReadYaml {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) return { object: undefined, name: '', fault: error.message.split('\n')[0] ?? 'This is no YAML.' };
  const object: unknown = document.toJS({ maxAliasCount: 100 });
  const name = (object as { readonly metadata?: { readonly name?: unknown } } | null)?.metadata?.name;
  if (typeof name !== 'string' || name === '') return { object, name: '', fault: 'metadata.name is missing.' };
  return { object, name };
}
