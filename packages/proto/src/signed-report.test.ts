import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isCoded } from './coded-error.ts';
import { createKeyPair, parsePublicKey } from './keys.ts';
import { signedCodec } from './messages.ts';
import { signedBytes } from './seal.ts';
import { hex, sha256 } from './canonical.ts';
import { compareNumbers, openReport, reportBytesMax, sealReport } from './signed-report.ts';

const pair = createKeyPair('user');
const key = parsePublicKey('user', pair.publicKey);
const subject = 'outcome.aaaaaaaaaaaaaaaaaaaaaaaaaa';
const plain = new TextEncoder().encode('what I did');
const sealed = sealReport(pair, subject, { boot: 2, n: 5 }, 1_000, plain);
const coded = (code: string) => expect.objectContaining({ code });

describe('reports', () => {
  test('what was sealed is opened, with its number and time', () => {
    expect(openReport(sealed, subject, key)).toMatchObject({ boot: 2, n: 5, tsMs: 1_000, body: plain });
  });

  test('a large one is sent compressed', () => {
    const large = new TextEncoder().encode('what I did '.repeat(1_000));
    const bytes = sealReport(pair, subject, { boot: 2, n: 6 }, 1_000, large);
    expect(bytes.length).toBeLessThan(1_000);
    expect(openReport(bytes, subject, key).body).toEqual(large);
  });

  test('a report of one cluster, or of one kind, is none of another', () => {
    expect(() => openReport(sealed, 'outcome.bbbbbbbbbbbbbbbbbbbbbbbbbb', key)).toThrowError(coded('bad-signature'));
    expect(() => openReport(sealed, subject, parsePublicKey('user', createKeyPair('user').publicKey))).toThrowError(coded('bad-signature'));
  });

  test('number and time are signed', () => {
    const signed = signedCodec.decode(sealed);
    for (const change of [{ boot: 3 }, { n: 6 }, { tsMs: 1_001 }]) {
      expect(() => openReport(signedCodec.encode({ ...signed, ...change }), subject, key)).toThrowError(coded('bad-signature'));
    }
  });

  test('no single flipped bit is believed', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(outcomeOf(flipped), `bit ${bit}`).not.toBe('opened');
    }
  });

  test('a spoke that signs a bomb is refused', () => {
    const body = zstdCompressSync(new Uint8Array(reportBytesMax + 1));
    const text = `${subject}|1|1|1|zstd|${hex(sha256(body))}`;
    const signature = pair.sign(signedBytes('accord.report.v1', new TextEncoder().encode(text)));
    expect(() => openReport(signedCodec.encode({ boot: 1, n: 1, tsMs: 1, body, signature, zstd: true }), subject, key)).toThrowError(
      coded('too-large'),
    );
  });

  test('a later start counts before a higher number', () => {
    const numbers = [
      { boot: 1, n: 1 },
      { boot: 1, n: 9 },
      { boot: 2, n: 1 },
    ];
    expect(numbers.toReversed().toSorted(compareNumbers)).toEqual(numbers);
  });
});

function outcomeOf(bytes: Uint8Array): string {
  try {
    openReport(bytes, subject, key);
    return 'opened';
  } catch (error) {
    if (!isCoded(error, 'garbage', 'bad-signature', 'too-large')) throw error;
    return error.code;
  }
}
