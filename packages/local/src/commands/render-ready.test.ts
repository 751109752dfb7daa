import { expect, test } from 'vitest';
import { fleetPaths } from '../fleet-paths.ts';
import { renderReady } from './render-ready.ts';

test('a ready fleet says what runs, where the keys are, and what to try', () => {
  const clusters = [
    { name: 'dev-eu-1', url: 'https://127.0.0.1:1', labels: { env: 'dev', region: 'eu' } },
    { name: 'prod-us-1', url: 'https://127.0.0.1:2', labels: { env: 'prod', region: 'us' } },
  ];
  expect(renderReady({ hubUrl: 'http://127.0.0.1:7420', paths: fleetPaths('/h'), clusters, seconds: 7.46 }).split('\n')).toEqual([
    '',
    'Running',
    '  hub        http://127.0.0.1:7420',
    '  dev-eu-1   https://127.0.0.1:1    env=dev   region=eu',
    '  prod-us-1  https://127.0.0.1:2    env=prod  region=us',
    '',
    'Keys',
    '  admin token  /h/admin.token',
    '  hub          /h/hub.kubeconfig',
    '  dev-eu-1     /h/clusters/dev-eu-1/kubeconfig',
    '  prod-us-1    /h/clusters/prod-us-1/kubeconfig',
    '',
    'Try',
    '  ./accord status',
    '  ./accord console   # in your browser',
    '  kubectl --kubeconfig /h/hub.kubeconfig get clusters,clusterpolicies',
    '  kubectl --kubeconfig /h/clusters/dev-eu-1/kubeconfig --namespace shop delete resourcequotas --all   # comes back',
    '',
    'Accord is ready: 2 clusters after 7.5 s. Ctrl-C stops everything.',
  ]);
});
