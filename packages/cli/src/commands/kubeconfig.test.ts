import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { speak, type Script } from '../scripted-hub.ts';

const clusters = '/apis/accord.dev/v1alpha1/clusters';
const cluster = (name: string, spec: object) => ({ metadata: { name }, spec: { clusterID: `id-${name}`, ...spec } });
const script: Script = {
  [`GET ${clusters}?labelSelector=env%3Dprod&limit=500`]: {
    body: {
      metadata: {},
      items: [
        cluster('eu-1', { apiEndpoint: 'https://eu:6443', caBundle: 'Y2E=' }),
        cluster('us-1', {}),
        cluster('us-2', { apiEndpoint: 'nowhere' }),
      ],
    },
  },
  [`GET ${clusters}?limit=500`]: { body: { metadata: {}, items: [] } },
};
const words = ['kubeconfig', '-l', 'env=prod', '--exec', "login --as 'me too'"];

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'accord-kubeconfig-'))));
afterEach(() => rmSync(dir, { recursive: true }));

describe('accord kubeconfig', () => {
  test('prints one context per cluster, and says how to set what is missing', async () => {
    const { code, out, err } = await speak(words, script);
    expect(code).toBe(0);
    expect(parse(out)).toMatchObject({
      clusters: [{ cluster: { server: 'https://eu:6443', 'certificate-authority-data': 'Y2E=' } }],
      users: [{ user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'login', args: ['--as', 'me too'] } } }],
      contexts: [{ name: 'eu-1' }],
    });
    expect(err).toMatch(/us-1: left out, since it has no apiEndpoint; set it with: kubectl .* patch cluster us-1 --type=merge/);
    expect(err).toMatch(/us-2: left out, since it has an apiEndpoint that is no address/);
  });

  test('writes a file for its owner alone, the same when it is run again, and follows a link', async () => {
    const [file, link] = [join(dir, 'config'), join(dir, 'link')];
    writeFileSync(file, '');
    symlinkSync(file, link);
    const { code, out } = await speak([...words, '-o', link], script);
    expect([code, out]).toEqual([0, `${link}: 1 of 3 clusters\n`]);
    const text = readFileSync(file, 'utf8');
    await speak([...words, '-o', link], script);
    // The hub of this test has another port each time, so that it is another hub.
    expect(parse(readFileSync(file, 'utf8'))).toMatchObject({ contexts: [{ name: 'eu-1' }] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(parse(text)).toMatchObject({ contexts: [{ name: 'eu-1' }] });
  });

  test.each(['not: a kubeconfig', '{', 'kind: Config\ncontexts: 7'])('does not overwrite what is no kubeconfig: %j', async (text) => {
    const file = join(dir, 'config');
    writeFileSync(file, text);
    const { code, err } = await speak([...words, '-o', file], script);
    expect(code).toBe(1);
    expect(err).toMatch(/is no kubeconfig, and stays as it is/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test.each([
    [['kubeconfig'], /required option '--exec <command>'/],
    [['kubeconfig', '--exec', '"login'], /A quote is not closed/],
    [['kubeconfig', '--exec', ' '], /Name the plugin that logs in/],
  ])('%j is a mistake of whoever typed it', async (typed, says) => {
    const { code, err } = await speak(typed, script);
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });

  test('without a cluster it fails, and says where to look', async () => {
    const { code, err } = await speak(['kubeconfig', '--exec', 'login'], script);
    expect(code).toBe(1);
    expect(err).toMatch(/accord get clusters/);
  });
});
