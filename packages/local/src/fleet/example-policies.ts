import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { HubClient } from './hub-client.ts';
import { writePrivate } from '../write-private.ts';

export interface ExamplePolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>> & { readonly description: string };
}

const dir = fileURLToPath(new URL('../../../../deploy/local/policies', import.meta.url));

/** The policies that a new fleet begins with, in layers. */
export async function readExamplePolicies(): Promise<ExamplePolicy[]> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.yaml')).toSorted();
  return Promise.all(files.map(async (name) => parse(await readFile(join(dir, name), 'utf8')) as ExamplePolicy));
}

/** Applies the examples once in the life of a fleet: whoever changed or deleted them keeps that over the next start. */
export async function applyExamplesOnce(hub: HubClient, mark: string): Promise<readonly ExamplePolicy[]> {
  if (existsSync(mark)) return [];
  const policies = await readExamplePolicies();
  for (const policy of policies) await hub.putPolicy(policy);
  writePrivate(mark, `${policies.map(({ metadata }) => metadata.name).join('\n')}\n`);
  return policies;
}
