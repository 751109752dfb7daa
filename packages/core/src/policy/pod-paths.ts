import type { Steps } from './change-at.ts';

const podSpecs: Readonly<Record<string, Steps>> = {
  '/Pod': ['spec'],
  '/PodTemplate': ['template', 'spec'],
  '/ReplicationController': ['spec', 'template', 'spec'],
  'apps/DaemonSet': ['spec', 'template', 'spec'],
  'apps/Deployment': ['spec', 'template', 'spec'],
  'apps/ReplicaSet': ['spec', 'template', 'spec'],
  'apps/StatefulSet': ['spec', 'template', 'spec'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  'batch/Job': ['spec', 'template', 'spec'],
};

/** Where a `group/Kind` holds a pod spec. */
export function podSpecSteps(kind: string): Steps | undefined {
  return podSpecs[kind];
}

const resources: readonly Steps[] = [
  ['resources', 'limits', '{}'],
  ['resources', 'requests', '{}'],
];
const limitFields = ['default', 'defaultRequest', 'max', 'min', 'maxLimitRequestRatio'];
const claim: readonly Steps[] = resources.map((steps) => ['spec', ...steps]);

const quantities: Readonly<Record<string, readonly Steps[]>> = {
  '/ResourceQuota': [['spec', 'hard', '{}']],
  '/LimitRange': limitFields.map((field) => ['spec', 'limits', '[]', field, '{}']),
  '/PersistentVolumeClaim': claim,
  'apps/StatefulSet': claim.map((steps) => ['spec', 'volumeClaimTemplates', '[]', ...steps]),
};

/** Where a built-in `group/Kind` holds quantities. */
export function quantityPaths(kind: string): readonly Steps[] {
  const pod = podSpecSteps(kind);
  const inPod: readonly Steps[] =
    pod === undefined
      ? []
      : [
          ...['containers', 'initContainers'].flatMap((list) => resources.map((steps) => [...pod, list, '[]', ...steps])),
          [...pod, 'volumes', '[]', 'emptyDir', 'sizeLimit'],
        ];
  return [...(quantities[kind] ?? []), ...inPod];
}
