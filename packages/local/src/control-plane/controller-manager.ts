import type { ClusterPaths } from '../fleet-paths.ts';
import { startChild, type Child } from '../processes/child.ts';
import type { ProcessRegistry } from '../processes/process-registry.ts';

export interface ControllerManagerInput {
  readonly program: string;
  readonly cluster: string;
  readonly paths: ClusterPaths;
  readonly serviceAccountKey: string;
  readonly logFile: string;
  readonly registry: ProcessRegistry;
}

/** What policies rely on, and nothing that needs nodes. */
const controllers = [
  'namespace-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'clusterrole-aggregation-controller',
  'garbage-collector-controller',
  'resourcequota-controller',
  'root-ca-certificate-publisher-controller',
  'validatingadmissionpolicy-status-controller',
];

/** Starts the controllers of one cluster. It serves nothing, so nothing can be awaited here: see `isAggregated` for their first work. */
export async function startControllerManager(input: ControllerManagerInput): Promise<Child> {
  const { program, cluster, paths, serviceAccountKey, logFile, registry } = input;
  return startChild(registry, {
    kind: 'kube-controller-manager',
    cluster,
    command: program,
    args: [
      `--kubeconfig=${paths.controllerManagerKubeconfig}`,
      '--leader-elect=false',
      '--secure-port=0',
      // The user itself may not do the work of the controllers; each has an account of its own that may.
      '--use-service-account-credentials=true',
      `--controllers=${controllers.join(',')}`,
      `--service-account-private-key-file=${serviceAccountKey}`,
      `--root-ca-file=${paths.caFile}`,
    ],
    env: {},
    logFile,
  });
}
