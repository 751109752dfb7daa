import { describe, expect, test } from 'vitest';
import { createKeyPair, fingerprint, parsePublicKey, type KeyPair } from './keys.ts';
import { leadsTo, signLink, type TrustLink } from './trust-chain.ts';

const [a, b, c, thief] = Array.from({ length: 4 }, () => createKeyPair('user')) as [KeyPair, KeyPair, KeyPair, KeyPair];
const pin = ({ type, publicKey }: KeyPair): string => fingerprint(parsePublicKey(type, publicKey));
const [ab, bc] = [signLink(a, b), signLink(b, c)];
const forged: TrustLink = { ...signLink(thief, c), from: ab.from };

describe('a chain', () => {
  test.each<[claim: string, chain: readonly TrustLink[], from: KeyPair, to: KeyPair, leads: boolean]>([
    ['without links leads to the key itself', [], a, a, true],
    ['without links leads nowhere else', [], a, b, false],
    ['leads from the pinned key to the next', [ab], a, b, true],
    ['leads over several keys', [ab, bc], a, c, true],
    ['may be pinned in its middle', [ab, bc], b, c, true],
    ['does not lead back', [ab], b, a, false],
    ['with a gap leads nowhere', [bc], a, c, false],
    ['that somebody else signed leads nowhere', [forged], a, c, false],
    ['of another hub leads nowhere', [signLink(thief, c)], a, c, false],
    ['with a link whose end was exchanged leads nowhere', [{ ...ab, to: bc.to }], a, c, false],
  ])('%s', (_claim, chain, from, to, leads) => {
    expect(leadsTo(chain, [pin(from)], pin(to))).toBe(leads);
  });
});
