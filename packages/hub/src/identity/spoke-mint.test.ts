import fc from 'fast-check';
import { createKeyPair } from '@accord/proto/keys';
import { iatAheadSecondsMax } from '@accord/core/cluster/decide-revoke';
import type { ClusterId } from '@accord/proto/ids';
import { decodeToken } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import { SpokeMint, tokenLifeMsMax, type SpokeTokenInput } from './spoke-mint.ts';
import { openToken } from './token.ts';

const keys = { spokes: createKeyPair('account'), spokesScope: createKeyPair('account') };
const user = createKeyPair('user');
const nowMs = 1_795_440_000_500;
const input: SpokeTokenInput = {
  id: 'ljo7rntx75rerdfzovdd5yyooe' as ClusterId,
  publicKey: user.publicKey,
  labels: { env: 'prod' },
  sets: ['retail'],
  nowMs,
};

const open = (jwt: string) => openToken<{ readonly tags: readonly string[] }>(jwt, keys.spokesScope);
const mint = (change: Partial<SpokeTokenInput> = {}) => open(new SpokeMint(keys).mintSpokeToken({ ...input, ...change }).jwt);

test('a token has a name, tags and an account, and nothing that grants anything', () => {
  expect(mint({ labels: { env: 'prod', 'app.kubernetes.io/name': 'Shop', empty: '' } })).toEqual({
    iat: 1_795_440_000,
    exp: 1_795_526_400,
    iss: keys.spokesScope.publicKey,
    sub: user.publicKey,
    name: input.id,
    nats: {
      type: 'user',
      version: 2,
      issuer_account: keys.spokes.publicKey,
      tags: ['l:app=2ekubernetes=2eio=2fname.=53hop', 'l:empty.=', 'l:env.prod', 'set:retail'],
    },
    jti: expect.any(String) as string,
  });
});

describe('refuses', () => {
  const long = 'a'.repeat(64);
  const refused: [name: string, change: Partial<SpokeTokenInput>][] = [
    ['a name for people as id', { id: 'prod-eu-1' as ClusterId }],
    ['a wildcard as id', { id: '*' as ClusterId }],
    ['an id with a second token', { id: 'ljo7rntx75rerdfzovdd5yyooe.x' as ClusterId }],
    ['an id with a line feed', { id: 'ljo7rntx75rerdfzovdd5yyooe\n' as ClusterId }],
    ['an id in capitals', { id: 'LJO7RNTX75RERDFZOVDD5YYOOE' as ClusterId }],
    ['the key of an account', { publicKey: createKeyPair('account').publicKey }],
    ['a seed', { publicKey: user.seed }],
    ['no key', { publicKey: '' }],
    ['a label key with a wildcard', { labels: { '*': 'x' } }],
    ['a label value with a wildcard', { labels: { env: '>' } }],
    ['a label value with a blank', { labels: { env: 'a b' } }],
    ['a label value that is too long', { labels: { env: long } }],
    ['an empty label key', { labels: { '': 'x' } }],
    ['65 labels', { labels: Object.fromEntries(Array.from({ length: 65 }, (_, number) => [`l${number}`, 'x'])) }],
    ['29 sets', { sets: Array.from({ length: 29 }, (_, number) => `s${number}`) }],
    ['a set with a wildcard', { sets: ['*'] }],
    ['a set of two tokens', { sets: ['a.b'] }],
    ['an empty set', { sets: [''] }],
  ];
  test.each(refused)('%s', (_name, change) => {
    expect(() => mint(change)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  test.each([0, -1, tokenLifeMsMax + 1])('a life of %d ms, as a bug', (lifeMs) => {
    expect(() => mint({ lifeMs })).toThrow('a spoke token lives at most 24 hours');
  });
});

describe('iat', () => {
  test('grows by at least a second with each token of a key, however fast they are made', () => {
    const spokes = new SpokeMint(keys);
    const iats = [0, 0, 400, 5_000, 4_000].map(
      (laterMs) => spokes.mintSpokeToken({ ...input, nowMs: nowMs + laterMs }).iat - 1_795_440_000,
    );
    expect(iats).toEqual([0, 1, 2, 5, 6]);
    expect(spokes.lastIat(user.publicKey)).toBe(1_795_440_006);
  });

  test('is above the floor that a restarted hub knows', () => {
    expect(mint({ iatFloor: 1_795_440_000 }).iat).toBe(1_795_440_001);
    expect(mint({ iatFloor: 1_700_000_000 }).iat).toBe(1_795_440_000);
  });

  test('that lies ahead of the clock does not make the token live longer: a revocation is forgotten one day later', () => {
    expect(mint({ iatFloor: 2_000_000_000 }).exp).toBe(1_795_526_400);
  });

  test('is never further ahead of the clock than a revocation reaches, however many tokens are asked for', () => {
    const spokes = new SpokeMint(keys);
    for (let n = 0; n <= iatAheadSecondsMax; n += 1) spokes.mintSpokeToken(input);
    expect(() => spokes.mintSpokeToken(input)).toThrow(expect.objectContaining({ code: 'busy' }));
    expect(spokes.lastIat(user.publicKey)).toBe(1_795_440_000 + iatAheadSecondsMax);
    expect(spokes.mintSpokeToken({ ...input, nowMs: nowMs + 1_000 }).iat).toBe(1_795_440_001 + iatAheadSecondsMax);
  });

  test('of one key does not move that of another, and is forgotten when its token has expired', () => {
    const spokes = new SpokeMint(keys);
    const other = createKeyPair('user').publicKey;
    spokes.mintSpokeToken(input);
    expect(spokes.mintSpokeToken({ ...input, publicKey: other }).iat).toBe(1_795_440_000);
    spokes.mintSpokeToken({ ...input, publicKey: other, nowMs: nowMs + tokenLifeMsMax + 1_000 });
    expect(spokes.lastIat(user.publicKey)).toBe(0);
  });
});

describe('property: whatever the labels and sets are', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'aZ0-_./*> =:{}()\n\t\u0000é') }),
    fc.constantFrom('{{name()}}', '{{tag(l)}}', '>', '*', 'a.*', 'l:env.dev', 'set:x'),
  );
  const label = fc.string({ unit: fc.constantFrom(...'aZ09-_.'), minLength: 1, maxLength: 63 });
  const set = fc.string({ unit: fc.constantFrom(...'az09-'), minLength: 1, maxLength: 63 });
  // Mostly what is allowed, so that a good part of the runs gets a token.
  const mostly = (allowed: fc.Arbitrary<string>) => fc.oneof({ weight: 30, arbitrary: allowed }, { weight: 1, arbitrary: anyText });
  const labels = fc.dictionary(mostly(label), mostly(label), { maxKeys: 5 });
  const sets = fc.array(mostly(set), { maxLength: 2 });

  test('the token is refused, or each tag is exactly one label or set', () => {
    let minted = 0;
    fc.assert(
      fc.property(labels, sets, (given, names) => {
        const tags = tagsOrRefusal({ labels: given, sets: names });
        if (tags === undefined) return;
        minted += 1;
        expect(tags.map(readTag).toSorted()).toEqual(
          [...Object.entries(given).map(([key, value]) => `${key}\0${value}`), ...names].toSorted(),
        );
        for (const tag of tags) expect(tag).not.toMatch(/[*>\s{}]/);
      }),
      { numRuns: 2_000 },
    );
    // Were everything refused, nothing would have been shown.
    expect(minted).toBeGreaterThan(100);
  });

  test('two different labels never give the same tag', () => {
    const pair = fc.tuple(label, label);
    fc.assert(
      fc.property(pair, pair, ([keyA, valueA], [keyB, valueB]) => {
        const [a, b] = [tagsOrRefusal({ labels: { [keyA]: valueA }, sets: [] }), tagsOrRefusal({ labels: { [keyB]: valueB }, sets: [] })];
        if (a !== undefined && b !== undefined) expect(a[0] === b[0]).toBe(keyA === keyB && valueA === valueB);
      }),
    );
  });
});

function tagsOrRefusal(change: Pick<SpokeTokenInput, 'labels' | 'sets'>): readonly string[] | undefined {
  try {
    return mint(change).nats.tags;
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid' });
    return undefined;
  }
}

/** What the server makes of a tag: a kind, and the tokens that it puts into a subject. */
function readTag(tag: string): string {
  const tokens = tag.slice(tag.indexOf(':') + 1).split('.');
  expect(tokens).toHaveLength(tag.startsWith('l:') ? 2 : 1);
  return tokens.map((token) => decodeToken(token)).join('\0');
}
