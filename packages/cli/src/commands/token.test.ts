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

  test('create binds to what the options name', async () => {
    const words = [
      'token',
      'add',
      'pay',
      '--role',
      'operator',
      '-l',
      'env in (dev,test)',
      '--policies',
      'team-*, pay',
      '--parts',
      'quota',
      '--cluster-scoped',
      '--priority-max',
      '200',
    ];
    const { code, heard } = await speak(words, {
      'POST /v1/api-tokens': { status: 201, body: { name: 'pay', role: 'operator', token: 'tok' } },
    });
    const clusters = { matchExpressions: [{ key: 'env', operator: 'In', values: ['dev', 'test'] }] };
    const binding = { role: 'operator', clusters, policies: ['team-*', 'pay'], parts: ['quota'], clusterScoped: true, priorityMax: 200 };
    expect([code, JSON.parse((heard[0] ?? '').replace('POST /v1/api-tokens ', ''))]).toEqual([0, { name: 'pay', bindings: [binding] }]);
  });

  test('list shows bindings', async () => {
    const binding = {
      role: 'viewer',
      clusters: {},
      policies: ['team-*'],
      namespaces: [],
      parts: [],
      clusterScoped: true,
      priorityMax: 100,
    };
    const items = [{ name: 'pay', role: 'viewer', bindings: [binding], createdAt: '2026-01-01T00:00:00Z', revoked: false }];
    const { out } = await speak(['token', 'list'], { 'GET /v1/api-tokens': { body: { items } } });
    expect(out).toContain('viewer on <everything>: policies team-*, cluster-wide objects, priority up to 100');
  });
});
