import { labelKeyFault, labelValueFault } from '@accord/proto/labels';
import { InvalidArgumentError } from 'commander';

/** `k=v` sets, `k-` removes (null), as in `kubectl label`. Throws InvalidArgumentError for what is no label. */
export function parseLabelChanges(words: readonly string[]): Readonly<Record<string, string | null>> {
  return Object.fromEntries(words.map(parseChange));
}

/** As above, for what can only be set. */
export function parseLabels(words: readonly string[]): Readonly<Record<string, string>> {
  const pairs = words.flatMap((word) => word.split(',')).map(parseChange);
  const removed = pairs.find(([, value]) => value === null);
  if (removed !== undefined) throw new InvalidArgumentError(`Write ${removed[0]}- as ${removed[0]}=VALUE: there is nothing to remove yet.`);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function parseChange(word: string): readonly [key: string, value: string | null] {
  const equals = word.indexOf('=');
  if (equals < 0 && !word.endsWith('-'))
    throw new InvalidArgumentError(`Write ${JSON.stringify(word)} as KEY=VALUE, or KEY- to remove it.`);
  const key = equals < 0 ? word.slice(0, -1) : word.slice(0, equals);
  const value = equals < 0 ? null : word.slice(equals + 1);
  const fault = labelKeyFault(key) ?? (value === null ? undefined : labelValueFault(value));
  if (fault !== undefined) throw new InvalidArgumentError(`${JSON.stringify(word)} is no label: ${fault}.`);
  return [key, value];
}
