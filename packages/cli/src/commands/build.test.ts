import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runHere } from '../scripted-hub.ts';

const head = (kind: string, name: string, labels = '{}'): string =>
  `---\napiVersion: accord.dev/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}, labels: ${labels}}\n`;
/** As a hub gives it, fields of its own included. */
const clusters = `${head('Cluster', 'eu-1', '{env: prod, accord.dev/name: eu-1, set.accord.dev/default: ""}')}spec: {clusterID: abc, mode: Enforce}\n${head('Cluster', 'us-1', '{env: dev}')}spec: {region: us}\n`;
const policy = `${head('ClusterPolicy', 'pay')}spec:
  clusterSelector: {matchLabels: {env: prod}}
  namespaces:
    - name: pay
      labels: {where: "\${cluster.name}"}
  objects:
    - id: settings
      manifest: {apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: pay}, data: {a: "b"}}
`;

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'accord-build-'));
  await writeFile(join(directory, 'clusters.yaml'), clusters);
});
afterAll(() => rm(directory, { recursive: true }));

const build = (text: string, ...words: readonly string[]): ReturnType<typeof runHere> =>
  runHere(['build', '-f', '-', '--clusters', join(directory, 'clusters.yaml'), ...words], { ACCORD_HOME: '/nonexistent' }, { stdin: text });

describe('build', () => {
  test('prints what each policy brings to each cluster that it selects, in the order in which it is applied', async () => {
    const { code, out, err } = await build(policy);
    expect({ code, err, heads: out.match(/^# .*/gm) }).toEqual({
      code: 0,
      err: '',
      heads: ['# eu-1, pay: Namespace pay', '# eu-1, pay: ConfigMap pay/settings'],
    });
    const [namespace] = parseAllDocuments(out).map((document) => document.toJS() as { readonly metadata: { readonly labels: object } });
    expect(namespace?.metadata.labels).toEqual({ where: 'eu-1' });
  });

  test('every cluster is in the default set by its name alone', async () => {
    const { out } = await build(
      policy.replace('matchLabels: {env: prod}', 'matchLabels: {set.accord.dev/default: "", accord.dev/name: us-1}'),
    );
    expect(out.match(/^# \S+/gm)).toEqual(['# us-1,', '# us-1,']);
  });

  test('a policy that cannot be compiled on a cluster is told with its place, and is 1', async () => {
    const { code, out, err } = await build(policy.replace('cluster.name', 'cluster.labels.nope'));
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^On eu-1, pay: stdin:9:\d+: spec\.namespaces\[0\]\.labels\.where: /) as string,
    });
  });

  test('for one cluster, as JSON', async () => {
    const { out } = await build(policy, '--cluster', 'eu-1', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject([
      { cluster: 'eu-1', policy: 'pay', objects: [{ manifest: { kind: 'Namespace' } }, { manifest: { kind: 'ConfigMap' } }], faults: [] },
    ]);
  });

  test('that no cluster is selected is said', async () => {
    expect(await build(policy, '--cluster', 'us-1')).toEqual({
      code: 0,
      out: '',
      err: 'No policy of these files selects one of these clusters.\n',
    });
  });

  test('a cluster that is not in the file is named', async () => {
    const { code, err } = await build(policy, '--cluster', 'eu-2');
    expect([code, err.startsWith('error: There is no cluster "eu-2" in ')]).toEqual([1, true]);
  });
});
