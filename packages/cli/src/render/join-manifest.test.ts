import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { guardrailSpecSchema } from '@accord/proto/guardrail';
import { renderGuardrail, renderJoinManifest, tiers, type Tier } from './join-manifest.ts';

interface Shown {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly stringData?: Readonly<Record<string, string>>;
}

const input = { cluster: 'eu-1', hubUrl: 'https://hub.example', hubKey: 'f'.repeat(64), token: 'tok' };
const objectsOf = (text: string): readonly Shown[] => parseAllDocuments(text).map((document) => document.toJS() as Shown);
const printed = async (tier?: Tier): Promise<readonly Shown[]> =>
  objectsOf(await renderJoinManifest({ ...input, ...(tier !== undefined && { tier }) }));
const shipped = ['crds.yaml', 'rbac.yaml', 'admission-policies.yaml', 'deployment.yaml'].flatMap((file) =>
  objectsOf(readFileSync(new URL(`../../../../deploy/spoke/${file}`, import.meta.url), 'utf8')),
);
const boundIn = (objects: readonly Shown[]): readonly string[] =>
  objects.filter(({ kind }) => kind === 'ClusterRoleBinding').map(({ metadata }) => metadata.name);

describe('what cluster add prints', () => {
  test('are the manifests of deploy/spoke and the Secret with the token, and nothing else', async () => {
    const objects = await printed();
    expect(objects.filter(({ kind }) => kind !== 'Secret')).toEqual(shipped);
    expect(objects.find(({ kind }) => kind === 'Secret')?.stringData).toEqual({
      ...{ ACCORD_HUB_URL: input.hubUrl, ACCORD_HUB_KEY: input.hubKey, 'join-token': input.token },
    });
  });

  test.each([
    ['Observe', ['accord-spoke-core', 'accord-spoke-read']],
    ['Standard', ['accord-spoke-core', 'accord-spoke-apply', 'accord-spoke-ceiling', 'accord-spoke-manifests']],
    ['RBACAdmin', ['accord-spoke-core', 'accord-spoke-apply', 'accord-spoke-ceiling', 'accord-spoke-manifests', 'accord-spoke-rbacadmin']],
  ] as const)('tier %s differs in what it binds, and in nothing else', async (tier, bound) => {
    const objects = await printed(tier);
    expect(boundIn(objects)).toEqual(bound);
    const others = objects.filter(
      ({ kind, metadata }) => !(kind.endsWith('Binding') && kind !== 'RoleBinding') || !isOfTier(metadata.name),
    );
    expect(others.filter(({ kind }) => kind !== 'Secret')).toEqual(
      shipped.filter(({ kind, metadata }) => !(kind === 'ClusterRoleBinding' && isOfTier(metadata.name))),
    );
    const dryRunOnly = objects.filter(
      ({ kind, metadata }) => kind === 'ValidatingAdmissionPolicyBinding' && metadata.name === 'accord-spoke-dryrun-only',
    );
    expect(dryRunOnly).toHaveLength(tier === 'Observe' ? 1 : 0);
  });

  test('holds no object of a kind that the same stream defines', async () => {
    for (const tier of tiers)
      expect((await printed(tier)).filter((object) => JSON.stringify(object).startsWith('{"apiVersion":"accord.dev'))).toEqual([]);
  });

  test('the Guardrail that goes in a call of its own says what holds without it', async () => {
    const { kind, metadata, spec } = parse(await renderGuardrail()) as Shown & { readonly spec: unknown };
    expect([kind, metadata.name, guardrailSpecSchema.parse(spec)]).toEqual([
      'Guardrail',
      'default',
      { maxObjects: 5000, maxLocalHold: '8h' },
    ]);
  });
});

function isOfTier(name: string): boolean {
  return ['read', 'apply', 'ceiling', 'manifests', 'rbacadmin', 'dryrun-only'].includes(name.replace('accord-spoke-', ''));
}
