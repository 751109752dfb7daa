import { benchCluster, benchNamespace, type BenchFleet } from './bench-fleet.ts';
import type { Contents } from './change-ledger.ts';
import { followObjects } from './watch-objects.ts';

interface Numbered {
  readonly metadata: { readonly name: string };
  readonly data?: { readonly n?: string };
}

/** Notes which change each ConfigMap of a real cluster shows, from now on. Call what it returns for the numbers so far. */
export async function seeContents(bench: BenchFleet): Promise<() => Promise<Contents>> {
  const path = `/api/v1/namespaces/${benchNamespace}/configmaps`;
  const admin = bench.client(benchCluster, 'admin');
  const seen = new Map<string, number[]>();
  const note = ({ metadata: { name }, data }: Numbered): void => {
    if (data?.n !== undefined) seen.set(name, [...(seen.get(name) ?? []), Number(data.n)]);
  };
  await followObjects(admin, { path, content: 'whole' }, ({ type, object }) => type !== 'BOOKMARK' && note(object), bench.signal);
  return async () => {
    // What the watch has not shown yet must not look like what is not there.
    const { items } = (await admin.require({ method: 'GET', path })) as { readonly items: readonly Numbered[] };
    for (const item of items) note(item);
    return seen;
  };
}
