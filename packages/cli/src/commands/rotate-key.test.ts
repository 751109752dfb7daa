import { expect, test } from 'vitest';
import { speak } from '../scripted-hub.ts';

const told = (cluster: string, change: string): { readonly body: unknown } => ({ body: { cluster, change, keyToReplace: 'UA1' } });
const path = (cluster: string): string => `POST /v1/clusters/${cluster}/rotate-key`;

test('each cluster is told which key it replaces', async () => {
  const { out, code } = await speak(['cluster', 'rotate-key', 'eu-1', 'eu-2'], {
    [path('eu-1')]: told('eu-1', 'cluster/eu-1@2'),
    [path('eu-2')]: told('eu-2', ''),
  });
  expect(out.split('\n').toSorted()).toEqual([
    '',
    'cluster/eu-1 is told to replace key UA1',
    'cluster/eu-2 is told already to replace key UA1',
  ]);
  expect(code).toBe(0);
});

test('of several the one that fails keeps the others from nothing', async () => {
  const { out, err, code } = await speak(['cluster', 'rotate-key', 'nobody', 'eu-1'], { [path('eu-1')]: told('eu-1', 'x') });
  expect([out, code]).toEqual(['cluster/eu-1 is told to replace key UA1\n', 1]);
  expect(err).toContain('cluster/nobody');
});
