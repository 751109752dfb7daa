import { apiVersion, clusterKind, policyKind } from '@accord/proto/kube-api';

/** The kinds that the hub holds, with the plural of their paths. */
export const kinds = { ClusterPolicy: policyKind.plural, Cluster: clusterKind.plural } as const;
export type Kind = keyof typeof kinds;

const words: Readonly<Record<Kind, readonly string[]>> = {
  ClusterPolicy: ['policies', 'policy', policyKind.plural, policyKind.singular, ...policyKind.shortNames],
  Cluster: [clusterKind.plural, clusterKind.singular, ...clusterKind.shortNames],
};

/** Every word that names a kind on the command line: short, singular and plural, in any case. */
export const kindWords: readonly string[] = Object.values(words).flat();

export function kindOf(word: string): Kind | undefined {
  const wanted = word.toLowerCase();
  return (Object.keys(words) as Kind[]).find((kind) => words[kind].includes(wanted));
}

export function collectionPath(kind: Kind): string {
  return `/apis/${apiVersion}/${kinds[kind]}`;
}

export function objectPath(kind: Kind, name: string): string {
  return `${collectionPath(kind)}/${encodeURIComponent(name)}`;
}

/** `clusterpolicy/team-payments`, as `-o name` prints it. */
export function objectName(kind: Kind, name: string): string {
  return `${kind.toLowerCase()}/${name}`;
}
