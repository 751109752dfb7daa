import { expect, test } from 'vitest';
import { speak } from '../scripted-hub.ts';

const revoked = (cluster: string, change: string): { readonly body: unknown } => ({
  body: { cluster, revokedAt: '2026-01-01T00:00:00.000Z', change },
});
const path = (cluster: string): string => `POST /v1/clusters/${cluster}/revoke`;

test('a cluster is cut off after a yes', async () => {
  const { out, code } = await speak(['cluster', 'revoke', 'eu-1', '--yes'], { [path('eu-1')]: revoked('eu-1', 'cluster/eu-1@revoked') });
  expect([out, code]).toEqual(['cluster/eu-1 revoked, at 2026-01-01T00:00:00.000Z\n', 0]);
});

test('without a yes nothing is asked of the hub', async () => {
  const { code, err, heard } = await speak(['cluster', 'revoke', 'eu-1'], {});
  expect([code, heard]).toEqual([1, []]);
  expect(err).toContain('Cut eu-1 off for good?');
});

test('the reason goes to the audit', async () => {
  const reasons: unknown[] = [];
  await speak(['cluster', 'revoke', 'eu-1', '--yes', '--reason', 'INC-1'], {
    [path('eu-1')]: ({ headers }, response) => {
      reasons.push(headers['accord-reason']);
      response.end(JSON.stringify(revoked('eu-1', '').body));
    },
  });
  expect(reasons).toEqual(['INC-1']);
});

test('of several the one that fails keeps the others from nothing', async () => {
  const { out, err, code } = await speak(['cluster', 'revoke', 'eu-1', 'nobody', '--yes'], { [path('eu-1')]: revoked('eu-1', '') });
  expect([out, code]).toEqual(['cluster/eu-1 revoked before, at 2026-01-01T00:00:00.000Z\n', 1]);
  expect(err).toContain('cluster/nobody');
});
