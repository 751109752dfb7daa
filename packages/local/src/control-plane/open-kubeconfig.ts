import { existsSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterPaths } from '../fleet-paths.ts';
import { KubeClient } from './kube-client.ts';

/** A client with the rights of the kubeconfig of a cluster. Throws `not-found` when no start has written it. */
export function openKubeconfig({ kubeconfig, caFile }: ClusterPaths): KubeClient {
  if (!existsSync(kubeconfig)) throw new CodedError('not-found', `There is no ${kubeconfig}.`, { help: 'Start a fleet with npm start.' });
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const url = config.getCurrentCluster()?.server;
  const token = config.getCurrentUser()?.token;
  if (url === undefined || token === undefined) throw new CodedError('garbage', `${kubeconfig} names no server and token.`);
  return new KubeClient({ url, caFile, token });
}
