/** Entries of a kubeconfig for the clusters of a fleet: how they are reached, and which plugin logs in. No credential is in them. */

/** A cluster as the registry has it, as much as is needed. */
export interface Reachable {
  readonly name: string;
  readonly id: string;
  readonly apiEndpoint: string;
  readonly caBundle: string | undefined;
}

/** Where an entry comes from: what the same command wrote before is replaced, and nothing else. */
export interface Origin {
  readonly hub: string;
  readonly selector: string;
}

export interface NamedEntry {
  readonly name: string;
  readonly [part: string]: unknown;
}

export interface Entries {
  readonly clusters: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
}

/** Each part of an entry may carry extensions that kubectl keeps and does not read. */
export const originExtension = 'accord.dev/kubeconfig';
/** What client-go hands to the plugin as `spec.cluster.config`. Source: client.authentication.k8s.io/v1, ExecCredential. */
const execExtension = 'client.authentication.k8s.io/exec';

/** One context per cluster, under its name. */
export function entriesFor(clusters: readonly Reachable[], [command, ...args]: readonly string[], origin: Origin): Entries {
  const mark = { name: originExtension, extension: { ...origin } };
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command,
    args,
    provideClusterInfo: true,
    interactiveMode: 'IfAvailable',
  };
  return {
    clusters: clusters.map(({ name, id, apiEndpoint, caBundle }) => ({
      name: inner(name),
      cluster: {
        server: apiEndpoint,
        ...(caBundle !== undefined && { 'certificate-authority-data': caBundle }),
        extensions: [{ name: execExtension, extension: { clusterName: name, clusterID: id } }, mark],
      },
    })),
    users: clusters.map(({ name }) => ({ name: inner(name), user: { exec, extensions: [mark] } })),
    contexts: clusters.map(({ name }) => ({
      name,
      context: { cluster: inner(name), user: inner(name), extensions: [mark] },
    })),
  };
}

/** Nobody else calls a cluster or a user so; only the name of a context is typed by people. */
function inner(name: string): string {
  return `accord/${name}`;
}
