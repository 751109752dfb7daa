import { describe, expect, test } from 'vitest';
import { beatCodec, outcomeCodec, statementCodec } from './messages.ts';

describe('messages', () => {
  test('absent fields come back as their defaults, numbers as numbers', () => {
    const statement = statementCodec.decode(new Uint8Array());
    expect(statement.revision).toBe(0);
    expect(statement.change).toBeNull();
    expect(statement.movedTo).toEqual([]);
  });

  test('what was written is read', () => {
    const bytes = statementCodec.encode({ subject: 'desired.all.p', epoch: 2, revision: 2 ** 40, change: { id: 'p@1', traceparent: '' } });
    expect(statementCodec.decode(bytes)).toMatchObject({ epoch: 2, revision: 2 ** 40, change: { id: 'p@1' } });
    expect(outcomeCodec.decode(outcomeCodec.encode({ heals: [] })).policies).toEqual([]);
  });

  test('random bytes are garbage, never a crash', () => {
    expect(() => beatCodec.decode(Uint8Array.of(0xff, 0xff, 0x01))).toThrowError(expect.objectContaining({ code: 'garbage' }));
  });
});
