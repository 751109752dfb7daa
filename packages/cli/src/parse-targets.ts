import { nearestName } from '@accord/core/policy/nearest-name';
import { InvalidArgumentError } from 'commander';
import { kindOf, kindWords, type Kind } from './objects/kinds.ts';

/** Objects that a command line names: whole kinds, or some by name. */
export type Targets =
  | { readonly outcome: 'kinds'; readonly kinds: readonly Kind[] }
  | { readonly outcome: 'named'; readonly named: readonly Target[] };

export interface Target {
  readonly kind: Kind;
  readonly name: string;
}

/** `policies`, `clusters,policies`, `policy a b`, `policy/a cluster/b`: the ways of kubectl. Throws commander's InvalidArgumentError, which is a usage error. */
export function parseTargets(words: readonly string[]): Targets {
  const [first = '', ...names] = words;
  if (words.some((word) => word.includes('/'))) return { outcome: 'named', named: words.map(parsePair) };
  const kinds = first.split(',').map(parseKind);
  if (names.length === 0) return { outcome: 'kinds', kinds };
  return { outcome: 'named', named: kinds.flatMap((kind) => names.map((name) => ({ kind, name }))) };
}

/** As `parseTargets`, for verbs that never mean everything. */
export function parseNamed(words: readonly string[]): readonly Target[] {
  const targets = parseTargets(words);
  if (targets.outcome === 'named') return targets.named;
  throw new InvalidArgumentError(`Name what you mean, for example: ${words[0] ?? 'policy'} NAME`);
}

function parseKind(word: string): Kind {
  const kind = kindOf(word);
  if (kind !== undefined) return kind;
  const near = nearestName(word, kindWords);
  throw new InvalidArgumentError(
    `There is no kind ${JSON.stringify(word)}. ${near === undefined ? 'Use clusters or policies.' : `Did you mean ${near}?`}`,
  );
}

function parsePair(word: string): Target {
  const slash = word.indexOf('/');
  const name = word.slice(slash + 1);
  if (slash < 0 || name === '')
    throw new InvalidArgumentError(`Write ${JSON.stringify(word)} as KIND/NAME, for example policy/team-payments.`);
  return { kind: parseKind(word.slice(0, slash)), name };
}
