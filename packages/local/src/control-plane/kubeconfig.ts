import { KubeConfig } from '@kubernetes/client-node';

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
  const cluster = ca === undefined ? { server: withPassword(server, token) } : { server, caData: Buffer.from(ca).toString('base64') };
  const config = new KubeConfig();
  config.addCluster({ name, ...cluster, skipTLSVerify: false });
  config.addUser({ name, token });
  config.addContext({ name, cluster: name, user: name });
  config.setCurrentContext(name);
  return `${config.exportConfig()}\n`;
}

/**
 * kubectl and everything else on client-go ignores the user of a context whose server has no TLS.
 * What stands in the URL it does send, as a basic header, whose password the hub takes as the token.
 */
function withPassword(server: string, token: string): string {
  const url = new URL(server);
  url.username = 'token';
  url.password = token;
  return url.href.replace(/\/$/, '');
}
