import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import { codesBelow, rowsBelow } from './markdown-tables.ts';
import { root } from './plant.ts';

interface Shipped {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly roleRef?: { readonly name: string };
  readonly spec?: { readonly policyName?: string };
}

const shipped = (file: string): readonly Shipped[] =>
  parseAllDocuments(readFileSync(join(root, 'deploy/spoke', file), 'utf8')).map((document) => document.toJS() as Shipped);
const named = (objects: readonly Shipped[], ...kinds: readonly string[]): readonly string[] =>
  objects.filter(({ kind }) => kinds.includes(kind)).map(({ metadata }) => metadata.name);

describe('docs/reference/permissions.md', () => {
  const page = readFileSync(join(root, 'docs/reference/permissions.md'), 'utf8');
  const rbac = shipped('rbac.yaml');
  const admission = shipped('admission-policies.yaml');

  test('names every role that deploy/spoke has, and no other', () => {
    expect(codesBelow(page, '## Roles').toSorted()).toEqual(named(rbac, 'ClusterRole', 'Role').toSorted());
  });

  test('says that tier Standard binds what the file binds', () => {
    const [, binds = ''] = rowsBelow(page, '## Tiers').find(([tier]) => tier === 'Standard') ?? [];
    const bound = rbac.filter(({ kind }) => kind === 'ClusterRoleBinding').map(({ roleRef }) => `\`${roleRef?.name}\``);
    expect(binds.split(', ').toSorted()).toEqual(bound.toSorted());
  });

  test('names every admission policy, and which has no binding', () => {
    const rows = rowsBelow(page, '## What the API server refuses');
    const isBound = (policy: string): boolean => admission.some(({ spec }) => spec?.policyName === policy);
    const policies = named(admission, 'ValidatingAdmissionPolicy');
    expect(rows.map(([policy]) => policy)).toEqual(expect.arrayContaining(policies.map((policy) => `\`${policy}\``)));
    expect(rows).toHaveLength(policies.length);
    for (const policy of policies) expect(rows.find(([name]) => name === `\`${policy}\``)?.[1] === 'not bound').toBe(!isBound(policy));
  });
});
