import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderKubeconfig } from '@accord/local/control-plane/kubeconfig';
import { benchSelector, plainCluster, type BenchFleet } from './bench-fleet.ts';
import { namespacesOf, objectsOf, type Manifest } from './kubectl-objects.ts';

/** A directory with a file for each object, or one `List`. */
export type Form = 'directory' | 'list';

/**
 * Seconds that `kubectl apply --server-side` takes for these objects, at an API server in which nobody else works.
 * Each object carries the marks without which the guard rails refuse it to the spoke's account.
 */
export async function kubectlApply(
  bench: BenchFleet,
  { objects, form, who }: { readonly objects: readonly Manifest[]; readonly form: Form; readonly who: 'admin' | 'spoke' },
): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'accord-kubectl-'));
  try {
    const kubeconfig = writeKubeconfig(bench, dir, who);
    const all = objects.map(marked);
    const what = form === 'list' ? writeList(dir, all) : writeFiles(dir, all);
    const startedAt = performance.now();
    await kubectl([`--kubeconfig=${kubeconfig}`, 'apply', '--server-side', '--force-conflicts', '--field-manager=accord', '-f', what]);
    return (performance.now() - startedAt) / 1000;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function writeKubeconfig({ fleet }: BenchFleet, dir: string, who: 'admin' | 'spoke'): string {
  const { url, paths, tokens } = fleet.controlPlanes.cluster(plainCluster);
  const token = who === 'admin' ? tokens.person : readFileSync(paths.spokeToken, 'utf8').trim();
  const path = join(dir, 'kubeconfig');
  writeFileSync(path, renderKubeconfig({ name: plainCluster, server: url, ca: readFileSync(paths.caFile, 'utf8'), token }), {
    mode: 0o600,
  });
  return path;
}

function writeList(dir: string, items: readonly object[]): string {
  const path = join(dir, 'list.json');
  writeFileSync(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return path;
}

/** kubectl goes by the names of the files: first the namespaces, then in our order. */
function writeFiles(dir: string, objects: readonly Manifest[]): string {
  const files = join(dir, 'objects');
  mkdirSync(files);
  const namespacesFirst = objects.toSorted((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace'));
  for (const [at, object] of namespacesFirst.entries())
    writeFileSync(join(files, `${String(at).padStart(5, '0')}.json`), JSON.stringify(object));
  return files;
}

function namespaceObject(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } as Manifest['metadata'] };
}

function marked(object: Manifest): Manifest {
  const labels = { 'accord.dev/policy': 'bench' };
  const annotations = { 'accord.dev/origin': 'Created', 'accord.dev/applied-hash': 'f'.repeat(64) };
  return { ...object, metadata: { ...object.metadata, labels, annotations } as Manifest['metadata'] };
}

async function kubectl(args: readonly string[]): Promise<void> {
  const child = spawn('kubectl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`kubectl ${args.slice(1).join(' ')}: ${complaint.slice(0, 800)}`);
}

/** The objects of a round with their namespaces. */
export function objectsOfRound(round: string): readonly Manifest[] {
  return namespacesOf(round).flatMap((name) => [namespaceObject(name), ...objectsOf(name)]);
}

/** The same objects as a set of policies: one for each namespace, with the namespace. */
export function policiesOf(round: string, description: string): ReadonlyMap<string, object> {
  return new Map(
    namespacesOf(round).map((name) => {
      const objects = objectsOf(name).map((manifest) => ({ id: `${manifest.kind.toLowerCase()}.${manifest.metadata.name}`, manifest }));
      return [name, { description, clusterSelector: benchSelector, namespaces: [{ name }], objects }];
    }),
  );
}
