import assert from 'node:assert/strict';
import { iatAheadSecondsMax } from '@accord/core/cluster/decide-revoke';
import { CodedError } from '@accord/proto/coded-error';
import { isClusterId, isDnsLabel, type ClusterId } from '@accord/proto/ids';
import { parsePublicKey } from '@accord/proto/keys';
import { labelKeyFault, labelsPerClusterMax, labelValueFault } from '@accord/proto/labels';
import { labelTag, setTag } from '@accord/proto/subjects';
import type { KeyRing } from './key-ring.ts';
import { signToken } from './token.ts';

export interface SpokeTokenInput {
  readonly id: ClusterId;
  /** The key that the cluster made; its private half never leaves the cluster. */
  readonly publicKey: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly sets: readonly string[];
  readonly nowMs: number;
  readonly lifeMs?: number;
  /** `iat` of the last token of this key, where the caller knows it from before a restart. */
  readonly iatFloor?: number;
}

type ScopeKeys = Pick<KeyRing, 'spokes' | 'spokesScope' | 'spokesScopeNext'>;

export interface SpokeToken {
  readonly jwt: string;
  /** Unix seconds. A revocation at this time kills the token, one second earlier it does not. */
  readonly iat: number;
  readonly exp: number;
}

/** A revocation is forgotten after 25 hours, so no token may live as long. */
export const tokenLifeMsMax = 24 * 3_600_000;
// 28 is what the subscriptions of a spoke leave beside 64 labels.
const setsMax = 28;

/** Makes the tokens of spokes: the place where all separation between clusters is decided. */
export class SpokeMint {
  readonly #keys: ScopeKeys;
  readonly #lastIat = new Map<string, number>();
  #usesNext = false;

  constructor(keys: ScopeKeys) {
    this.#keys = keys;
  }

  /** Whether the next key of the scope signs, where there is one: as soon as the servers know it. */
  useNextScope(uses: boolean): void {
    this.#usesNext = uses;
  }

  /**
   * A token for one cluster: its name and its tags, and no permission of its own. Rejects with `invalid` when anything in it could be
   * read as more than it is.
   *
   * `iat` is at least one second after that of the previous token of the key, so that a revocation can tell them apart. Rejects with `busy`
   * when that would carry it further ahead of the clock, or of the floor, than a revocation reaches.
   */
  mintSpokeToken({ id, publicKey, labels, sets, nowMs, lifeMs = tokenLifeMsMax, iatFloor = 0 }: SpokeTokenInput): SpokeToken {
    assert(lifeMs > 0 && lifeMs <= tokenLifeMsMax, 'a spoke token lives at most 24 hours');
    if (!isClusterId(id)) throw new CodedError('invalid', `"${String(id)}" is no cluster id`);
    parsePublicKey('user', publicKey);
    const nats = { type: 'user', version: 2, issuer_account: this.#keys.spokes.publicKey, tags: tagsOf(labels, sets) } as const;
    const iatMin = Math.max(Math.floor(nowMs / 1000), iatFloor + 1);
    const iat = Math.max(iatMin, this.lastIat(publicKey) + 1);
    if (iat > iatMin + iatAheadSecondsMax)
      throw new CodedError('busy', 'this cluster asks for more credentials than one a second', { help: 'Wait a minute.' });
    // By the clock and not by `iat`, which a flood of renewals, or a beat that lies, moves ahead.
    const exp = Math.floor((nowMs + lifeMs) / 1000);
    const { spokesScope, spokesScopeNext = spokesScope } = this.#keys;
    const jwt = signToken(this.#usesNext ? spokesScopeNext : spokesScope, { iat, exp, sub: publicKey, name: id, nats });
    this.#remember(publicKey, iat, nowMs);
    return { jwt, iat, exp };
  }

  /** `iat` of the last token of a key, 0 when this process made none. A revocation must reach at least up to it. */
  lastIat(publicKey: string): number {
    return this.#lastIat.get(publicKey) ?? 0;
  }

  #remember(publicKey: string, iat: number, nowMs: number): void {
    this.#lastIat.delete(publicKey);
    this.#lastIat.set(publicKey, iat);
    // The oldest come first. Whoever renews is at the end; what is left behind here has expired.
    for (const [key, last] of this.#lastIat) {
      if (last * 1000 + tokenLifeMsMax >= nowMs) return;
      this.#lastIat.delete(key);
    }
  }
}

function tagsOf(labels: Readonly<Record<string, string>>, sets: readonly string[]): string[] {
  const entries = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length > labelsPerClusterMax) throw new CodedError('invalid', `${entries.length} labels: at most ${labelsPerClusterMax}`);
  if (sets.length > setsMax) throw new CodedError('invalid', `${sets.length} sets: at most ${setsMax}`);
  for (const [key, value] of entries) {
    const fault = labelKeyFault(key) ?? labelValueFault(value);
    if (fault !== undefined) throw new CodedError('invalid', `label ${JSON.stringify(key)}: ${fault}`);
  }
  const strange = sets.find((set) => !isDnsLabel(set));
  if (strange !== undefined) throw new CodedError('invalid', `${JSON.stringify(strange)} is no name of a set`);
  const tags = [...entries.map(([key, value]) => labelTag(key, value)), ...sets.toSorted().map(setTag)];
  // The checks above make this impossible. It is asserted because a wildcard here would open every cluster's branch.
  assert(
    tags.every((tag) => /^(l:[a-z0-9=-]+\.[a-z0-9=-]+|set:[a-z0-9=-]+)$/.test(tag)),
    'a tag must be tokens of a subject',
  );
  return tags;
}
