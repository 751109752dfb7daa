import { describe, expect, test } from 'vitest';
import { entriesFor, type Origin } from './entries.ts';
import { mergeKubeconfig, type Kubeconfig } from './merge-kubeconfig.ts';

const prod: Origin = { hub: 'https://hub', selector: 'env=prod' };
const dev: Origin = { hub: 'https://hub', selector: 'env=dev' };
const of = (origin: Origin, ...names: readonly string[]) =>
  entriesFor(
    names.map((name) => ({ name, id: `id-${name}`, apiEndpoint: `https://${name}`, caBundle: undefined })),
    ['login', '--sso'],
    origin,
  );
const foreign: Kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'theirs',
  extra: { kept: true },
  clusters: [{ name: 'theirs', cluster: { server: 'https://theirs' } }],
  users: [{ name: 'theirs', user: { token: 'secret' } }],
  contexts: [{ name: 'theirs', context: { cluster: 'theirs', user: 'theirs' } }],
};
const contexts = ({ contexts: all }: Kubeconfig): readonly string[] => (all as readonly { name: string }[]).map(({ name }) => name);

describe('a kubeconfig of the fleet', () => {
  test('has a context per cluster, a plugin, and no credential', () => {
    const { config } = mergeKubeconfig(undefined, of(prod, 'eu-1'), prod);
    expect(config).toMatchObject({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'accord/eu-1', cluster: { server: 'https://eu-1' } }],
      users: [{ name: 'accord/eu-1', user: { exec: { command: 'login', args: ['--sso'], provideClusterInfo: true } } }],
      contexts: [{ name: 'eu-1', context: { cluster: 'accord/eu-1', user: 'accord/eu-1' } }],
    });
    expect(JSON.stringify(config)).not.toMatch(/"(token|password|client-key)/);
  });

  test('leaves what others wrote exactly as it is', () => {
    const { config } = mergeKubeconfig(foreign, of(prod, 'eu-1'), prod);
    expect(contexts(config)).toEqual(['theirs', 'eu-1']);
    const without = mergeKubeconfig(config, of(prod), prod).config;
    expect(without).toEqual(foreign);
  });

  test('forgets a cluster that has left, and keeps what was asked for otherwise', () => {
    const first = mergeKubeconfig(undefined, of(prod, 'eu-1', 'us-1'), prod).config;
    const second = mergeKubeconfig(first, of(dev, 'dev-1'), dev).config;
    expect(contexts(mergeKubeconfig(second, of(prod, 'us-1'), prod).config)).toEqual(['dev-1', 'us-1']);
  });

  test('a cluster that two questions find has one context', () => {
    const first = mergeKubeconfig(undefined, of(prod, 'eu-1'), prod).config;
    expect(contexts(mergeKubeconfig(first, of(dev, 'eu-1'), dev).config)).toEqual(['eu-1']);
  });

  test('a context of somebody else under that name stays, and is told', () => {
    const { config, taken } = mergeKubeconfig(foreign, of(prod, 'theirs', 'eu-1'), prod);
    expect(taken).toEqual(['theirs']);
    expect(config['users']).toContainEqual({ name: 'theirs', user: { token: 'secret' } });
    expect(contexts(config)).toEqual(['theirs', 'eu-1']);
  });

  test('does not point to a context that went', () => {
    const first = { ...mergeKubeconfig(foreign, of(prod, 'eu-1'), prod).config, 'current-context': 'eu-1' };
    expect(mergeKubeconfig(first, of(prod), prod).config['current-context']).toBe('');
  });
});
