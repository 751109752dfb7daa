/** One cluster of the fleet on this machine. */
export interface FleetCluster {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What the registry says about it; labels choose, this informs. */
  readonly spec?: { readonly region?: string; readonly provider?: string };
}

/** The first N clusters, always the same ones: three that show how labels choose, then more of the same shape. */
export function fleetClusters(count: number): FleetCluster[] {
  const kinds = [
    ['dev', 'eu'],
    ['prod', 'eu'],
    ['prod', 'us'],
    ['dev', 'us'],
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const [env, region] = kinds[index % kinds.length] ?? kinds[0];
    const number = Math.floor(index / kinds.length) + 1;
    return { name: `${env}-${region}-${number}`, labels: { env, region, provider: 'local' }, spec: { region, provider: 'local' } };
  });
}
