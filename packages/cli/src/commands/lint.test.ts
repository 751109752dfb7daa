import { describe, expect, test } from 'vitest';
import { runHere } from '../scripted-hub.ts';

const head = (name: string): string =>
  `apiVersion: accord.dev/v1alpha1\nkind: ClusterPolicy\nmetadata: {name: ${name}}\nspec:\n  clusterSelector: {}\n`;
/** Without an address of a hub: whoever asks one fails. */
const lint = (text: string, ...words: readonly string[]): ReturnType<typeof runHere> =>
  runHere(['lint', '-f', '-', ...words], { ACCORD_HOME: '/nonexistent' }, { stdin: text });

const cases: [claim: string, text: string, code: number, out: RegExp, err: string][] = [
  ['what would be accepted is 0', head('a'), 0, /^$/, '1 object, nothing would be refused.\n'],
  [
    'danger is a fault, at its place in the file',
    `${head('a')}  clusterBindings:\n    - clusterRole: cluster-admin\n      users: [ann]\n`,
    1,
    /^stdin:7:\d+: spec\.clusterBindings\[0\]\.clusterRole: .* \(ClusterAdmin\)\n$/,
    '1 fault.\n',
  ],
  [
    'a mistake in the form is one too',
    `${head('a')}  clusterSelectr: {}\n`,
    1,
    /^stdin:6:3: spec\.clusterSelectr: .*Did you mean clusterSelector\?\n$/,
    '1 fault.\n',
  ],
  [
    'policies that would wait for each other are found across documents',
    `${head('a')}  dependsOn: [b]\n---\n${head('b')}  dependsOn: [a]\n`,
    1,
    /^stdin:6:\d+: .*a → b → a.*\nstdin:13:\d+: .*b → a → b/,
    '2 faults.\n',
  ],
  [
    'a warning refuses nothing',
    `${head('a')}  namespaces:\n    - name: shop\n      bindings:\n        - clusterRole: edit\n          groups: [team]\n`,
    0,
    /^stdin:9:\d+: warning: .* \(ReadsSecrets\)\n$/,
    '1 object, nothing would be refused.\n',
  ],
];

describe('lint', () => {
  test.each(cases)('%s', async (_claim, text, code, out, err) => {
    const spoken = await lint(text);
    expect(spoken).toEqual({ code, out: expect.stringMatching(out) as string, err });
  });

  test('-o json is a line for each finding', async () => {
    const { out } = await lint(`${head('a')}  clusterBindings:\n    - clusterRole: cluster-admin\n      users: [ann]\n`, '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({ level: 'fault', code: 'ClusterAdmin', path: 'spec.clusterBindings[0].clusterRole' });
  });
});
