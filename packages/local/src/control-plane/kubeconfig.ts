import { KubeConfig } from '@kubernetes/client-node';

/** Where a kubeconfig points, and as whom. */
export interface KubeconfigInput {
  /** Name of the context, the cluster and the user. */
  readonly name: string;
  readonly server: string;
  /** PEM. */
  readonly ca: string;
  readonly token: string;
}

/** Text of a kubeconfig with one context. It is JSON, which every YAML reader reads. */
export function renderKubeconfig({ name, server, ca, token }: KubeconfigInput): string {
  const config = new KubeConfig();
  config.addCluster({ name, server, caData: Buffer.from(ca).toString('base64'), skipTLSVerify: false });
  config.addUser({ name, token });
  config.addContext({ name, cluster: name, user: name });
  config.setCurrentContext(name);
  return `${config.exportConfig()}\n`;
}
