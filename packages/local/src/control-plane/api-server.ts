import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { ClusterPaths } from '../fleet-paths.ts';
import { startChild, type Child } from '../processes/child.ts';
import type { ProcessRegistry } from '../processes/process-registry.ts';
import { waitReady } from '../processes/wait-ready.ts';
import { KubeClient } from './kube-client.ts';

export interface ApiServerInput {
  readonly program: string;
  readonly cluster: string;
  readonly paths: ClusterPaths;
  readonly port: number;
  readonly etcdUrl: string;
  readonly etcdDir: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  /** One server compacts the etcd that all share; with more they would compact each other's history early. */
  readonly compacts: boolean;
  readonly logFile: string;
  readonly registry: ProcessRegistry;
}

/** Starts one kube-apiserver and waits until it is ready. It makes its serving certificate itself. */
export async function startApiServer(input: ApiServerInput, signal: AbortSignal): Promise<Child> {
  const { cluster, paths, port, registry } = input;
  dropOldCertificate(paths);
  const child = await startChild(registry, {
    kind: 'kube-apiserver',
    cluster,
    storeDir: input.etcdDir,
    command: input.program,
    args: apiServerFlags(input),
    // Go's own limits: with less room a server collects garbage for a third of its time.
    env: {},
    logFile: input.logFile,
  });
  const client = new KubeClient({ url: `https://127.0.0.1:${port}`, caFile: paths.caFile });
  const probe = async () => (await client.send({ method: 'GET', path: '/readyz' })).status === 200;
  try {
    await waitReady({ what: `kube-apiserver of ${cluster}`, child, probe, limitMs: 120_000 }, signal);
  } finally {
    client.close();
  }
  return child;
}

function apiServerFlags(input: Omit<ApiServerInput, 'registry'>): string[] {
  const { cluster, paths, port, etcdUrl, serviceAccountKey, serviceAccountPublicKey, compacts } = input;
  const issuer = `https://${cluster}.accord-local.test`;
  return [
    `--etcd-servers=${etcdUrl}`,
    `--etcd-prefix=/${cluster}/registry`,
    ...(compacts ? [] : ['--etcd-compaction-interval=0']),
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    `--cert-dir=${paths.certDir}`,
    `--token-auth-file=${paths.tokensFile}`,
    '--authorization-mode=RBAC',
    // It acts on pods alone, and no pod runs here.
    '--disable-admission-plugins=ServiceAccount',
    `--service-account-issuer=${issuer}`,
    `--api-audiences=${issuer}`,
    `--service-account-key-file=${serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${serviceAccountKey}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    '--event-ttl=10m',
    '--profiling=false',
  ];
}

/** The server makes a pair for a year, and only when there is none. */
function dropOldCertificate({ certDir, caFile }: ClusterPaths): void {
  if (!existsSync(caFile)) return;
  const monthMs = 30 * 24 * 3600 * 1000;
  const { validTo } = new X509Certificate(readFileSync(caFile));
  if (Date.parse(validTo) < Date.now() + monthMs) rmSync(certDir, { recursive: true });
}
