import { describe, expect, test } from 'vitest';
import { speak } from '../scripted-hub.ts';

describe('token', () => {
  test('create prints the token alone on standard output', async () => {
    const { out, err, heard } = await speak(['token', 'create', 'ci', '--role', 'operator', '--expires-in', '720h'], {
      'POST /v1/api-tokens': { status: 201, body: { name: 'ci', role: 'operator', token: 'tok', expiresAt: '2026-12-24T00:00:00Z' } },
    });
    expect({ out, err, heard }).toEqual({
      out: 'tok\n',
      err: 'operator token ci, holds until 2026-12-24T00:00:00Z\n',
      heard: ['POST /v1/api-tokens {"name":"ci","role":"operator","expiresIn":"720h"}'],
    });
  });
});
