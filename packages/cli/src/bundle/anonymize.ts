import { createHash } from 'node:crypto';

/** Fields of the hub's answers whose texts are names that people chose, or where somebody is. */
const nameFields: ReadonlySet<string> = new Set(
  'name cluster policy actor object manager namespace quota region holder address url change'.split(' '),
);
/** Maps whose values are such. */
const nameMaps: ReadonlySet<string> = new Set(['labels', 'spec', 'annotations']);
/** Words of ours that may stand in such a field. */
const words: ReadonlySet<string> = new Set(
  'hub fleet cluster policy token apitoken history api console nobody at admin viewer operator kubectl true false default bus address accord-system kube-system'.split(
    ' ',
  ),
);

/** Every name that has a field of its own in what the hub answered, also as a part of keys such as `/ConfigMap/shop/settings`, `policy.shop` and `shop@4`. */
export function namesIn(answers: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const take = (text: string): void => {
    for (const part of text.split(/[/@.:\s]+/))
      if (part.length > 1 && !words.has(part) && !/^[A-Z]\w*$|^\d+$|^v\d\w*$/.test(part)) names.add(part);
  };
  const walk = (value: unknown, isName: boolean): void => {
    if (typeof value === 'string' && isName) take(value);
    else if (Array.isArray(value)) for (const one of value) walk(one, isName);
    else if (typeof value === 'object' && value !== null)
      for (const [field, one] of Object.entries(value)) walk(one, isName || nameFields.has(field) || nameMaps.has(field));
  };
  walk(answers, false);
  return names;
}

/** IPv4, IPv6, and IPv6 with its zeros left out. */
const address = new RegExp(
  [
    String.raw`(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])`,
    String.raw`(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])`,
    String.raw`(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5}::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?|::[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})(?![\w:])`,
  ].join('|'),
  'g',
);

/** The same text with `x-…` for each name and address: the same for the same name in one bundle, and another in the next. `salt` is kept nowhere. */
export function anonymized(text: string, names: ReadonlySet<string>, salt: string): string {
  const hashed = (name: string): string => `x-${createHash('sha256').update(salt).update('\0').update(name).digest('hex').slice(0, 10)}`;
  const longestFirst = [...names].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)).map((name) => RegExp.escape(name));
  const known = longestFirst.length === 0 ? undefined : new RegExp(`(?<![\\w-])(?:${longestFirst.join('|')})(?![\\w-])`, 'g');
  const named = known === undefined ? text : text.replaceAll(known, hashed);
  return named.replaceAll(address, hashed);
}
