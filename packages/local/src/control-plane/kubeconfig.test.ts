import { expect, test } from 'vitest';
import { renderKubeconfig } from './kubeconfig.ts';

test('with TLS the token is the user and the CA is embedded', () => {
  expect(JSON.parse(renderKubeconfig({ name: 'one', server: 'https://127.0.0.1:1', ca: 'PEM', token: 't' }))).toMatchObject({
    'current-context': 'one',
    clusters: [
      { name: 'one', cluster: { server: 'https://127.0.0.1:1', 'certificate-authority-data': Buffer.from('PEM').toString('base64') } },
    ],
    users: [{ name: 'one', user: { token: 't' } }],
  });
});

test('without TLS the token stands in the URL as well, because kubectl sends nothing else', () => {
  expect(JSON.parse(renderKubeconfig({ name: 'hub', server: 'http://127.0.0.1:7420', token: 'a_b-c' }))).toMatchObject({
    clusters: [{ cluster: { server: 'http://token:a_b-c@127.0.0.1:7420' } }],
    users: [{ user: { token: 'a_b-c' } }],
  });
});
