import type { JsonObject } from '@accord/proto/canonical';
import { sealingSuite } from '@accord/proto/sealed-secret';
import { describe, expect, test } from 'vitest';
import { mergeIntents } from '../desired/merge-intents.ts';
import { requiredBy } from '../fleet/wanted-documents.ts';
import { compilePolicy } from './compile-policy.ts';
import { exampleCluster } from './example-policies.ts';
import { renderFault } from './fault.ts';
import { lintExample, shortFault } from './lint-example.ts';
import { parsePolicy } from './parse-policy.ts';
import { sealedIn, secretsGrantIn, secretsGrantKey, versionFaults } from './sealed-secrets.ts';
import type { Policy } from './lay-out.ts';

const to = (...clusters: readonly string[]) => clusters.map((cluster) => ({ cluster, keyID: 'k', enc: 'AAAA', ct: 'AAAA' }));
const entry = (change: object = {}): object => ({
  name: 'db',
  suite: sealingSuite,
  version: 2,
  recipients: to('prod-eu-1', 'dev-1'),
  entries: { password: { nonce: 'AAAA', ct: 'AAAA' } },
  ...change,
});
const spec = (...sealedSecrets: readonly object[]): object => ({ namespaces: [{ name: 'shop', sealedSecrets }] });
const policyOf = (written: unknown): Policy => {
  const parsed = parsePolicy({ metadata: { name: 'p' }, spec: written });
  if (parsed.outcome === 'invalid') throw new Error(parsed.faults.map(renderFault).join('\n'));
  return parsed;
};
const compiled = (written: unknown, cluster = 'prod-eu-1') => {
  const result = compilePolicy(policyOf(written), exampleCluster({}, cluster));
  return result.outcome === 'compiled' ? result.objects : expect.unreachable(JSON.stringify(result.faults));
};
const digestOf = (written: unknown): string | undefined =>
  mergeIntents(compiled(written).map((object) => ({ policy: 'p' as never, priority: 1, createdAtMs: 1, object }))).intents.find(
    ({ key }) => key === '/Secret/shop/db',
  )?.digest;

describe('a sealed secret', () => {
  test('becomes a Secret after the grant with which the spoke reaches it', () => {
    expect(compiled(spec(entry())).map(({ stage, key }) => `${stage} ${key}`)).toEqual([
      '2 /Namespace//shop',
      '4 rbac.authorization.k8s.io/RoleBinding/shop/accord-spoke-secrets',
      '6 /Secret/shop/db',
    ]);
  });

  test('asks for no grant where there is none', () => expect(compiled(spec()).map(({ key }) => key)).toEqual(['/Namespace//shop']));

  test('carries to a cluster only what is sealed for it, and changes there with nothing else', () => {
    const [recipients] = compiled(spec(entry())).flatMap(({ manifest }) => sealedIn(manifest)?.secret.recipients ?? []);
    expect(recipients?.cluster).toBe('prod-eu-1');
    expect(digestOf(spec(entry({ recipients: to('prod-eu-1', 'other') })))).toBe(digestOf(spec(entry())));
    expect(digestOf(spec(entry({ version: 3 })))).not.toBe(digestOf(spec(entry())));
  });

  test('stays without recipients where it is sealed for others', () => {
    const inBody = compiled(spec(entry()), 'test-1').flatMap(({ manifest }) => sealedIn(manifest) ?? []);
    expect(inBody.map(({ secret, namespace }) => [namespace, secret.name, secret.type, secret.recipients])).toEqual([
      ['shop', 'db', 'Opaque', []],
    ]);
  });

  test('is asked of the spoke as a feature, in an override as well', () => {
    const patch = { clusterSelector: {}, patch: { namespaces: [{ name: 'shop', sealedSecrets: [entry()] }] } };
    expect(requiredBy(policyOf(spec(entry())).spec)).toContain('sealedSecrets');
    expect(requiredBy(policyOf({ overrides: [patch] }).spec)).toContain('sealedSecrets');
    expect(requiredBy(policyOf(spec()).spec)).not.toContain('sealedSecrets');
  });

  test('of two policies in one namespace takes one grant, which leaves with the last', () => {
    const wishes = ['p', 'q'].flatMap((policy) =>
      compiled(spec(entry({ name: policy }))).map((object) => ({ policy: policy as never, priority: 1, createdAtMs: 1, object })),
    );
    const { intents, shadowed } = mergeIntents(wishes);
    expect(intents.find(({ key }) => key === secretsGrantKey('shop'))?.contributors).toEqual(['p', 'q']);
    expect(shadowed).toEqual([]);
  });
});

describe('lint', () => {
  const at = 'spec.namespaces[0].sealedSecrets';
  const manifest = (object: JsonObject): object => ({ objects: [{ id: 'a', manifest: object }] });
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' } };
  test.each<readonly [string, object, readonly string[]]>([
    ['has nothing against one', spec(entry()), []],
    ...['kubernetes.io/service-account-token', 'bootstrap.kubernetes.io/token', 'helm.sh/release.v1'].map(
      (type) => [`refuses type ${type}`, spec(entry({ type })), [`CredentialMinting ${at}[0].type`]] as const,
    ),
    ['refuses two of one name', spec(entry(), entry()), [`DuplicateObject ${at}[1].name`]],
    [
      'refuses sealed values in a manifest, where nothing binds them to their place',
      manifest({ ...secret, sealed: {} }),
      ['UnknownField spec.objects[0].manifest.sealed'],
    ],
    [
      'refuses a binding of its own in the place of the grant',
      {
        namespaces: [{ name: 'shop', sealedSecrets: [entry()] }],
        objects: [
          {
            id: 'a',
            manifest: {
              apiVersion: 'rbac.authorization.k8s.io/v1',
              kind: 'RoleBinding',
              metadata: { name: 'accord-spoke-secrets', namespace: 'shop' },
              roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
              subjects: [{ kind: 'User', name: 'eve' }],
            },
          },
        ],
      },
      ['NameClash spec.objects[0].manifest.roleRef.name'],
    ],
  ])('%s', (_claim, written, found) => expect(lintExample(written).faults.map(shortFault)).toEqual(found));

  test('says of a plain Secret how to seal it', () => {
    const [fault] = lintExample(manifest({ ...secret, data: { a: 'eA==' } })).faults;
    expect(fault?.help).toContain('accord seal NAME -n NAMESPACE');
  });

  test.each([
    ['another suite', { suite: 'rot13' }, `InvalidValue ${at}[0].suite`],
    ['nobody to read it', { recipients: [] }, `InvalidValue ${at}[0].recipients`],
    ['one recipient twice', { recipients: to('a', 'a') }, `InvalidValue ${at}[0].recipients`],
    ['what is no base64', { entries: { a: { nonce: '!', ct: 'AAAA' } } }, `InvalidValue ${at}[0].entries.a.nonce`],
    ['a key that no Secret has', { entries: { 'a/b': { nonce: 'AAAA', ct: 'AAAA' } } }, `InvalidValue ${at}[0].entries`],
    ['the form of one cluster', { keyID: 'k' }, `Unsupported ${at}[0].keyID`],
  ])('the hub refuses %s', (_claim, change, found) => {
    const parsed = parsePolicy({ metadata: { name: 'p' }, spec: spec(entry(change)) });
    expect(parsed.outcome === 'invalid' && parsed.faults.map(shortFault)).toEqual([found]);
  });
});

describe('versions', () => {
  const faults = (before: object | undefined, after: object): readonly string[] =>
    versionFaults('p', before === undefined ? undefined : policyOf(before).spec, policyOf(after).spec).map(renderFault);
  const inOverride = (version: number, env: string): object => ({
    overrides: [{ clusterSelector: { matchLabels: { env } }, patch: spec(entry({ version })) }],
  });

  test('must not go back', () => {
    expect(faults(spec(entry()), spec(entry({ version: 1 })))).toEqual([
      'InvalidValue spec.namespaces[0].sealedSecrets[0].version: Version 1 of Secret shop/db is older than 2, which the policy has. Seal its values again: accord seal db -n shop --policy p --from-file KEY=FILE',
    ]);
  });

  test.each([
    ['may stay', spec(entry()), spec(entry())],
    ['may grow', spec(entry()), spec(entry({ version: 3 }))],
    ['start anywhere', undefined, spec(entry())],
    ['of another secret count for themselves', spec(entry()), spec(entry({ name: 'other', version: 1 }), entry())],
    ['of another override count for themselves', inOverride(5, 'prod'), inOverride(1, 'dev')],
  ])('%s', (_claim, before, after) => expect(faults(before, after)).toEqual([]));

  test('in an override must not go back either', () => expect(faults(inOverride(5, 'prod'), inOverride(4, 'prod'))).toHaveLength(1));
});

test('only the binding of the spoke opens a namespace', () => {
  expect(secretsGrantIn(secretsGrantKey('shop'))).toBe('shop');
  expect(secretsGrantIn('rbac.authorization.k8s.io/RoleBinding/shop/other' as never)).toBeUndefined();
  expect(secretsGrantIn('/ConfigMap/shop/accord-spoke-secrets' as never)).toBeUndefined();
});
