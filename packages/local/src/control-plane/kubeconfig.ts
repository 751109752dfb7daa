/** Where a kubeconfig points, and as whom. */
export interface KubeconfigInput {
  /** Name of the context, the cluster and the user. */
  readonly name: string;
  readonly server: string;
  /** PEM; absent for plain HTTP. */
  readonly ca?: string;
  readonly token: string;
}

/** Text of a kubeconfig with one context. It is JSON, which every YAML reader reads. */
export function renderKubeconfig({ name, server, ca, token }: KubeconfigInput): string {
  const cluster = ca === undefined ? { server } : { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
