import { join } from 'node:path';

/** Files of one cluster, below `$ACCORD_HOME/clusters/<name>`. */
export interface ClusterPaths {
  readonly dir: string;
  /** For people: full rights on this cluster. */
  readonly kubeconfig: string;
  readonly controllerManagerKubeconfig: string;
  /** Serving pair that the API server makes; the certificate is its own CA. */
  readonly certDir: string;
  readonly caFile: string;
  readonly tokensFile: string;
  readonly spokeToken: string;
  readonly joinToken: string;
  readonly hubKey: string;
}

/** Every path below `$ACCORD_HOME`. */
export interface FleetPaths {
  readonly home: string;
  readonly lock: string;
  /** Who holds the lock. */
  readonly owner: string;
  readonly ports: string;
  readonly processes: string;
  readonly logs: string;
  readonly etcd: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  readonly hub: string;
  readonly hubFile: string;
  readonly natsRecord: string;
  readonly adminToken: string;
  readonly hubKubeconfig: string;
  readonly examplesMark: string;
  cluster(name: string): ClusterPaths;
}

/** Makes nothing: the paths may not exist. */
export function fleetPaths(home: string): FleetPaths {
  const hub = join(home, 'hub');
  return {
    home,
    lock: join(home, 'fleet.lock'),
    owner: join(home, 'fleet.json'),
    ports: join(home, 'ports.json'),
    processes: join(home, 'processes'),
    logs: join(home, 'logs'),
    etcd: join(home, 'etcd'),
    serviceAccountKey: join(home, 'service-account', 'key.pem'),
    serviceAccountPublicKey: join(home, 'service-account', 'public.pem'),
    hub,
    hubFile: join(hub, 'hub.json'),
    natsRecord: join(hub, 'nats', 'nats.pid.json'),
    adminToken: join(home, 'admin.token'),
    hubKubeconfig: join(home, 'hub.kubeconfig'),
    examplesMark: join(home, 'examples-applied'),
    cluster: (name) => clusterPaths(join(home, 'clusters', name)),
  };
}

function clusterPaths(dir: string): ClusterPaths {
  const certDir = join(dir, 'tls');
  return {
    dir,
    kubeconfig: join(dir, 'kubeconfig'),
    controllerManagerKubeconfig: join(dir, 'controller-manager.kubeconfig'),
    certDir,
    caFile: join(certDir, 'apiserver.crt'),
    tokensFile: join(dir, 'tokens.csv'),
    spokeToken: join(dir, 'spoke.token'),
    joinToken: join(dir, 'join.token'),
    hubKey: join(dir, 'hub.key'),
  };
}
