import { parseDocument } from 'yaml';

export interface ReadYaml {
  readonly object: unknown;
  /** Empty where none is written. */
  readonly name: string;
  /** Why it cannot be sent, with line and column where the parser tells them. */
  readonly fault?: string;
}

/** One object of text that a person types. What it means is judged by the hub. */
export function readYaml(text: string): ReadYaml {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) return broken(error);
  let object: unknown;
  try {
    object = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    // An alias of nothing, as while its name is typed, or aliases that would expand to more than a machine can hold.
    if (cause instanceof ReferenceError) return broken(cause);
    throw cause;
  }
  const name = (object as { readonly metadata?: { readonly name?: unknown } } | null)?.metadata?.name;
  if (typeof name !== 'string' || name === '') return { object, name: '', fault: 'metadata.name is missing.' };
  return { object, name };
}

function broken({ message }: Error): ReadYaml {
  return { object: undefined, name: '', fault: message.split('\n')[0] ?? 'This is no YAML.' };
}
