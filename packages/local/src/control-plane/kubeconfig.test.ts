import { expect, test } from 'vitest';
import { renderKubeconfig } from './kubeconfig.ts';

test('the token is the user and the CA is embedded', () => {
  expect(JSON.parse(renderKubeconfig({ name: 'one', server: 'https://127.0.0.1:1', ca: 'PEM', token: 't' }))).toMatchObject({
    'current-context': 'one',
    clusters: [
      { name: 'one', cluster: { server: 'https://127.0.0.1:1', 'certificate-authority-data': Buffer.from('PEM').toString('base64') } },
    ],
    users: [{ name: 'one', user: { token: 't' } }],
  });
});
