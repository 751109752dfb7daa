import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lintPlanted, root, type Finding } from './plant.ts';

// A linter that cannot read the sources, or that drops a rule which it does not understand, says "no violations". So each rule is broken once
// and has to be seen.
const imports = 'eslint(no-restricted-imports)';
const properties = 'eslint(no-restricted-properties)';
const globals = 'eslint(no-restricted-globals)';
const importing = (specifier: string): string => `import { x } from '${specifier}';\nexport const y = x;\n`;
const saying = (expression: string): string => `export const y = () => ${expression};\n`;

const planted: readonly (readonly [claim: string, rule: string, file: string, source: string])[] = [
  ['proto imports no other package', imports, 'packages/proto/src/a.ts', importing('@accord/core/policy/fault')],
  ['proto does no I/O', imports, 'packages/proto/src/b.ts', importing('node:fs')],
  ['proto reads no clock', 'accord(no-current-date)', 'packages/proto/src/c.ts', saying('new Date()')],
  ['core does not import the bus', imports, 'packages/core/src/a/a.ts', importing('@accord/bus/bus')],
  ['core does not import runtime', imports, 'packages/core/src/a/b.ts', importing('@accord/runtime/clock')],
  ['core does no I/O', imports, 'packages/core/src/a/c.ts', importing('node:fs')],
  ['core does not hash by itself', imports, 'packages/core/src/a/d.ts', importing('node:crypto')],
  ['core imports no library', imports, 'packages/core/src/a/e.ts', importing('yaml')],
  ['core does not import dynamically what it may not import', imports, 'packages/core/src/a/f.ts', `export const y = import('node:fs');\n`],
  ['core re-exports nothing of other packages', imports, 'packages/core/src/a/g.ts', `export { x } from '@accord/hub/main';\n`],
  [
    'core does not take a type from the hub',
    imports,
    'packages/core/src/a/h.ts',
    `import type { X } from '@accord/hub/main';\nexport type Y = X;\n`,
  ],
  ['core reads no clock by Date.now', properties, 'packages/core/src/a/i.ts', saying('Date.now()')],
  ['core reads no clock by new Date()', 'accord(no-current-date)', 'packages/core/src/a/j.ts', saying('new Date()')],
  ['core reads no clock by performance', globals, 'packages/core/src/a/k.ts', saying('performance.now()')],
  ['core has no randomness', properties, 'packages/core/src/a/l.ts', saying('Math.random()')],
  ['core makes no ids', globals, 'packages/core/src/a/m.ts', saying('crypto.randomUUID()')],
  ['core reads no environment', globals, 'packages/core/src/a/n.ts', saying('process.env')],
  ['core reaches no global by a detour', globals, 'packages/core/src/a/o.ts', saying('globalThis')],
  ['core sets no timer', globals, 'packages/core/src/a/p.ts', saying('setTimeout(y, 1)')],
  ['a test of core imports proto alone', imports, 'packages/core/src/a/q.test.ts', importing('@accord/bus/memory-bus')],
  ['an example of core imports proto alone', imports, 'packages/core/src/policy/lint-example.ts', importing('@accord/hub/config')],
  ['runtime imports proto alone', imports, 'packages/runtime/src/a.ts', importing('@accord/core/policy/fault')],
  ['runtime reads the clock in one file', properties, 'packages/runtime/src/b.ts', saying('Date.now()')],
  ['the system clock reads no environment', properties, 'packages/runtime/src/clock.ts', saying('process.env')],
  ['runtime/processes imports no library', imports, 'packages/runtime/src/processes/a.ts', importing('pino')],
  ['a test of runtime imports proto alone', imports, 'packages/runtime/src/c.test.ts', importing('@accord/core/policy/fault')],
  ['a test of proto imports no other package', imports, 'packages/proto/src/d.test.ts', importing('@accord/core/policy/fault')],
  ['bus does not know NATS outside its adapter', imports, 'packages/bus/src/a.ts', importing('@nats-io/jetstream')],
  ['bus does not know core', imports, 'packages/bus/src/b.ts', importing('@accord/core/policy/fault')],
  ['bus/nats does not know the hub', imports, 'packages/bus/src/nats/a.ts', importing('@accord/hub/config')],
  ['the contract of bus does not know the hub', imports, 'packages/bus/src/contract/a.ts', importing('@accord/hub/config')],
  ['hub never imports spoke', imports, 'packages/hub/src/a.ts', importing('@accord/spoke/config')],
  ['hub does not import the adapter of the bus', imports, 'packages/hub/src/b.ts', importing('@accord/bus/nats/nats-bus')],
  ['hub does not run on the memory bus', imports, 'packages/hub/src/c.ts', importing('@accord/bus/memory-bus')],
  ['hub does no I/O beside its composition', imports, 'packages/hub/src/d.ts', importing('node:fs')],
  ['hub speaks to no API server', imports, 'packages/hub/src/e.ts', importing('@kubernetes/client-node')],
  ['hub takes the time from a Clock', properties, 'packages/hub/src/f.ts', saying('Date.now()')],
  ['hub reads no environment', properties, 'packages/hub/src/g.ts', saying('process.env')],
  ['the composition of the hub never imports spoke', imports, 'packages/hub/src/open-parts.ts', importing('@accord/spoke/config')],
  ['api does not reach the planner', imports, 'packages/hub/src/api/a.ts', importing('../planner/planner.ts')],
  ['api does not reach keys', imports, 'packages/hub/src/api/kube/b.ts', importing('../../identity/key-ring.ts')],
  ['planner never calls the API', imports, 'packages/hub/src/planner/a.ts', importing('../api/server.ts')],
  ['planner does not write INTENT', imports, 'packages/hub/src/planner/b.ts', importing('../intent/intent-log.ts')],
  ['views never write intent', imports, 'packages/hub/src/views/a.ts', importing('../intent/intent-log.ts')],
  ['views never write FLEET', imports, 'packages/hub/src/views/b.ts', importing('../planner/fleet-log.ts')],
  ['intent knows no views', imports, 'packages/hub/src/intent/a.ts', importing('../views/projection.ts')],
  ['the high-water mark starts no processes', imports, 'packages/hub/src/intent/high-water.ts', importing('node:child_process')],
  ['join does not reach the API', imports, 'packages/hub/src/join/a.ts', importing('../api/server.ts')],
  ['tracing calls no other part', imports, 'packages/hub/src/tracing/a.ts', importing('../intent/intent-log.ts')],
  ['the hub knows OpenTelemetry in one folder', imports, 'packages/hub/src/api/c.ts', importing('@opentelemetry/api')],
  ['history calls no other part', imports, 'packages/hub/src/history/a.ts', importing('../planner/planner.ts')],
  ['presence does not write', imports, 'packages/hub/src/presence/a.ts', importing('../intent/write.ts')],
  ['identity knows no views', imports, 'packages/hub/src/identity/a.ts', importing('../views/projection.ts')],
  ['a test of hub never imports spoke', imports, 'packages/hub/src/h.test.ts', importing('@accord/spoke/config')],
  ['spoke never imports hub', imports, 'packages/spoke/src/a.ts', importing('@accord/hub/config')],
  ['spoke knows NATS in one file', imports, 'packages/spoke/src/b.ts', importing('@accord/bus/nats/nats-bus')],
  ['spoke does not use fetch', globals, 'packages/spoke/src/c.ts', saying(`fetch('http://127.0.0.1')`)],
  ['spoke reads the environment in main.ts alone', properties, 'packages/spoke/src/run-spoke.ts', saying('process.env')],
  ['the composition of the spoke never imports hub', imports, 'packages/spoke/src/main.ts', importing('@accord/hub/config')],
  ['the file that knows NATS knows no core', imports, 'packages/spoke/src/connect-spoke-bus.ts', importing('@accord/core/policy/fault')],
  ['inbox never reconciles', imports, 'packages/spoke/src/inbox/a.ts', importing('../reconcile/reconciler.ts')],
  ['drift never reconciles', imports, 'packages/spoke/src/drift/a.ts', importing('../reconcile/reconciler.ts')],
  ['reconcile asks the port, not the adapter', imports, 'packages/spoke/src/reconcile/a.ts', importing('../kube/http-kube.ts')],
  ['outbox does not touch the cluster', imports, 'packages/spoke/src/outbox/a.ts', importing('../kube/kube.ts')],
  ['kube does not know the bus', imports, 'packages/spoke/src/kube/a.ts', importing('@accord/bus/bus')],
  ['kube does not know its users', imports, 'packages/spoke/src/kube/b.ts', importing('../reconcile/reconciler.ts')],
  ['the client of the API server reads no environment', properties, 'packages/spoke/src/kube/http-kube.ts', saying('process.env')],
  ['join does not reconcile', imports, 'packages/spoke/src/join/a.ts', importing('../reconcile/reconciler.ts')],
  ['a test of spoke never imports hub', imports, 'packages/spoke/src/d.test.ts', importing('@accord/hub/config')],
  ['cli talks to the hub over REST alone', imports, 'packages/cli/src/a.ts', importing('@accord/bus/bus')],
  ['cli decides nothing that core decides for the hub', imports, 'packages/cli/src/b.ts', importing('@accord/core/fleet/plan-fleet')],
  ['cli reads the environment in main.ts alone', properties, 'packages/cli/src/c.ts', saying('process.env')],
  ['a test of cli never imports hub', imports, 'packages/cli/src/d.test.ts', importing('@accord/hub/config')],
  ['console knows the hub by REST alone', imports, 'packages/console/src/a.ts', importing('@accord/hub/config')],
  ['console has no environment', properties, 'packages/console/src/b.ts', saying('process.env')],
  ['local starts the hub as a process', imports, 'packages/local/src/a.ts', importing('@accord/hub/main')],
  ['the tour does not import the hub', imports, 'packages/local/src/tour/a.ts', importing('@accord/hub/main')],
  ['a test of local does not import core', imports, 'packages/local/src/b.test.ts', importing('@accord/core/policy/fault')],
  ['no package reaches into the folders of another', imports, 'packages/hub/src/i.ts', importing('../../spoke/src/config.ts')],
  ['cycles are found', 'import(no-cycle)', 'packages/core/src/b/a.ts', `import { b } from './b.ts';\nexport const a = () => b;\n`],
  [
    'cycles between folders are found',
    'import(no-cycle)',
    'packages/core/src/b/b.ts',
    `import { a } from '../b/a.ts';\nexport const b = () => a;\n`,
  ],
  [
    'promises are awaited',
    'typescript(no-floating-promises)',
    'packages/hub/src/j.ts',
    `export function y(): void {\n  Promise.resolve(1);\n}\n`,
  ],
  [
    'a promise is no condition',
    'typescript(no-misused-promises)',
    'packages/hub/src/k.ts',
    `export function y(): number {\n  if (Promise.resolve(true)) return 1;\n  return 2;\n}\n`,
  ],
  [
    'what is no promise is not awaited',
    'typescript(await-thenable)',
    'packages/hub/src/l.ts',
    `export async function y(): Promise<number> {\n  return await 1;\n}\n`,
  ],
  ['any is refused', 'typescript(no-explicit-any)', 'packages/hub/src/m.ts', `export const y = (x: any): unknown => x;\n`],
  ['! is refused', 'typescript(no-non-null-assertion)', 'packages/hub/src/n.ts', `export const y = (x?: number): number => x!;\n`],
  ['default exports are refused', 'import(no-default-export)', 'packages/hub/src/o.ts', `export default 1;\n`],
  ['barrels are refused', 'oxc(no-barrel-file)', 'packages/core/src/a/r.ts', `export * from './p.ts';\n`],
  [
    'long files are refused',
    'eslint(max-lines)',
    'packages/hub/src/p.ts',
    Array.from({ length: 301 }, (_, n) => `export const y${n} = ${n};\n`).join(''),
  ],
  [
    'long functions are refused',
    'eslint(max-lines-per-function)',
    'packages/hub/src/q.ts',
    `export function y(n: number): number {\n${'  n += 1;\n'.repeat(60)}  return n;\n}\n`,
  ],
  [
    'skipped tests are refused',
    'vitest(no-disabled-tests)',
    'packages/hub/src/r.test.ts',
    `import { test } from 'vitest';\ntest.skip('x', () => {});\n`,
  ],
  [
    'focused tests are refused',
    'vitest(no-focused-tests)',
    'packages/hub/src/s.test.ts',
    `import { test } from 'vitest';\ntest.only('x', () => {});\n`,
  ],
];

describe('the linter', () => {
  let found: readonly Finding[];
  beforeAll(async () => {
    found = await lintPlanted(new Map(planted.map(([, , file, source]) => [file, source])));
  }, 60_000);

  test.each(planted)('%s', (_claim, rule, file) => {
    expect(found.filter((finding) => finding.file === file).map((finding) => finding.rule)).toContain(rule);
  });

  test('every folder with import rules of its own has a planted violation', () => {
    const withoutPlant = importRuleFolders().filter(
      (files) => !planted.some(([, rule, file]) => rule === imports && files.some((glob) => matchesGlob(file, glob))),
    );
    expect(withoutPlant).toEqual([]);
  });

  test('finds nothing in what is allowed', async () => {
    const allowed = new Map([
      [
        'packages/core/src/a/a.ts',
        `import type { X } from '@accord/proto/ids';\nimport { b } from './b.ts';\nexport const y = (x: X) => [b, x, new Date(0)];\n`,
      ],
      ['packages/core/src/a/b.ts', 'export const b = 1;\n'],
      [
        'packages/hub/src/planner/c.ts',
        `import { x } from '@accord/core/fleet/plan-fleet';\nimport { p } from '../views/projection.ts';\nexport const y = () => [x, p];\n`,
      ],
    ]);
    expect((await lintPlanted(allowed)).map(({ rule, file }) => `${file}: ${rule}`)).toEqual([]);
  }, 60_000);
});

/** The files of each entry that restricts imports, as the configuration says them. */
function importRuleFolders(): string[][] {
  const text = readFileSync(join(root, '.oxlintrc.json'), 'utf8').replaceAll(/^\s*\/\/.*$/gmu, '');
  const { overrides }: { overrides: { files: string[]; rules: Record<string, unknown> }[] } = JSON.parse(text);
  return overrides.filter(({ rules }) => 'no-restricted-imports' in rules).map(({ files }) => files);
}
