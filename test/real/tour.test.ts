import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExamplePolicies } from '@accord/local/fleet/example-policies';
import { fleetClusters } from '@accord/local/fleet/fleet-clusters';
import { LocalFleet } from '@accord/local/fleet/local-fleet';
import { tour } from '@accord/local/tour/tour';

const home = mkdtempSync(join(tmpdir(), 'accord-tour-'));
const golden = new URL('tour.golden.txt', import.meta.url);
let fleet: LocalFleet;

beforeAll(async () => {
  fleet = new LocalFleet({ home, clusters: fleetClusters(3), env: process.env, supervise: true });
  await fleet.start();
  for (const policy of await readExamplePolicies()) await fleet.hub.putPolicy(policy);
});
afterAll(async () => {
  await fleet.stop();
  rmSync(home, { recursive: true, force: true });
});

/** `REWRITE=1` writes what the tour shows now; the difference is read in review. */
test('the tour shows what it always shows', { timeout: 180_000 }, async () => {
  const lines: string[] = [];
  await tour({ ...process.env, ACCORD_HOME: home }, (line) => lines.push(line));
  const shown = `${mask(lines).join('\n')}\n`;
  if (process.env['REWRITE'] === '1') writeFileSync(golden, shown);
  else expect(shown).toBe(readFileSync(golden, 'utf8'));
});

/** Everything that differs from run to run: times, process ids, this directory, and which cluster was the slower one. */
function mask(lines: readonly string[]): readonly string[] {
  const masked = lines.map((line) =>
    line
      .replaceAll(home, 'HOME')
      .replace(/kill -9 .*/, 'kill -9 PIDS')
      .replaceAll(/\d{4}-\d\d-\S+Z/g, 'TIME')
      .replaceAll(/(?<![@\w-])\d+(\.\d+)? ?(ms|s)\b/g, 'TIME')
      .replace(/\d+\/\d+ removed/, 'N/N removed')
      .replaceAll(/\s+/g, ' ')
      .trimEnd(),
  );
  return masked.filter((line) => !isHop(line)).map((line) => (isCluster(line) ? ' CLUSTER Applied TIME' : line));
}

function isHop(line: string): boolean {
  return /^ (published|received|verified|compiled|applied|reported|folded) /.test(line) || line === '';
}

function isCluster(line: string): boolean {
  return /^ (prod|dev)-\w+-1 Applied TIME/.test(line);
}
