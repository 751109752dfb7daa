import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { credentialResponseSchema, credentialSchema, joinRequestSchema, renewRequestSchema } from './join-api.ts';
import { canonicalJson, hex, sha256 } from './canonical.ts';
import { clusterSpecSchema } from './cluster.ts';
import { memberSchema } from './member.ts';
import { policySpecSchema } from './policy.ts';
import { registryRecordSchema } from './record.ts';
import { programVersion, protocolVersion } from './version.ts';

/** What a hub and a spoke of different ages must agree on. Comments and spaces are not part of it. */
function wire(): Readonly<Record<string, string>> {
  const proto = readFileSync(new URL('accord.proto', import.meta.url), 'utf8');
  const words = proto
    .replaceAll(/\/\/.*$/gm, '')
    .split(/\s+/)
    .join(' ');
  const schema = (type: z.core.$ZodType): string => canonicalJson(z.toJSONSchema(type, { io: 'output', unrepresentable: 'any' }));
  const parts = {
    'accord.proto': words,
    member: schema(memberSchema),
    record: schema(registryRecordSchema),
    cluster: schema(clusterSpecSchema),
    policy: schema(policySpecSchema),
    join: schema(joinRequestSchema) + schema(renewRequestSchema) + schema(credentialResponseSchema) + schema(credentialSchema),
  };
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, hex(sha256(text)).slice(0, 16)]));
}

describe('the wire', () => {
  /**
   * Fails when a message changed. If the change only adds, write the new hash here. If a reader of the last version would
   * misunderstand the new one, raise `protocolVersion` as well, and say there what became different.
   */
  test('is the one of version 1', () => {
    expect({ version: protocolVersion, ...wire() }).toEqual({
      version: 1,
      'accord.proto': 'd9577b0896511b68',
      member: '93b7a1b17def33bb',
      record: '479a7c2181109cbe',
      cluster: 'd9d972ca4889bb92',
      policy: '251b8e34d2616215',
      join: '199f69e04f66804c',
    });
  });

  test('the programs have the version of their packages', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string };
    expect(programVersion).toBe(version);
  });
});
