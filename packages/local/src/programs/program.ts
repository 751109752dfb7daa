/** The server programs of a fleet on one machine, in the order in which they are needed. */
export const programNames = ['nats-server', 'etcd', 'kube-apiserver', 'kube-controller-manager'] as const;

export type ProgramName = (typeof programNames)[number];

/** How a program is built. A test compares the versions with the `go.mod` files in `deploy/local`. */
export interface Program {
  readonly version: string;
  /** Folder of `deploy/local` whose `go.mod` pins the program. */
  readonly module: 'nats' | 'kube';
  readonly goModule: string;
  readonly goPackage: string;
  readonly ldflags: string;
  /** Measured on two cores with cold caches, downloads included. */
  readonly buildSeconds: number;
}

const kubernetes = '1.36.3';
// Without these the server calls itself v0.0.0-master, and clients that look at the version refuse it.
const versionFlags = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
  `-X ${path}.gitVersion=v${kubernetes}`,
  `-X ${path}.gitMajor=${kubernetes.split('.')[0]}`,
  `-X ${path}.gitMinor=${kubernetes.split('.')[1]}`,
  `-X ${path}.gitTreeState=clean`,
  `-X ${path}.buildDate=2026-07-22T00:00:00Z`,
]);
const kubernetesProgram = {
  version: kubernetes,
  module: 'kube',
  goModule: 'k8s.io/kubernetes',
  ldflags: ['-s -w', ...versionFlags].join(' '),
} as const;

export const programs: Readonly<Record<ProgramName, Program>> = {
  'nats-server': {
    version: '2.15.1',
    module: 'nats',
    goModule: 'github.com/nats-io/nats-server/v2',
    goPackage: 'github.com/nats-io/nats-server/v2',
    ldflags: '-s -w',
    buildSeconds: 20,
  },
  'kube-apiserver': { ...kubernetesProgram, goPackage: 'k8s.io/kubernetes/cmd/kube-apiserver', buildSeconds: 180 },
  'kube-controller-manager': { ...kubernetesProgram, goPackage: 'k8s.io/kubernetes/cmd/kube-controller-manager', buildSeconds: 45 },
  etcd: {
    version: '3.6.8',
    module: 'kube',
    goModule: 'go.etcd.io/etcd/server/v3',
    goPackage: 'go.etcd.io/etcd/server/v3',
    ldflags: '-s -w',
    buildSeconds: 25,
  },
};

/** Name of a program in the cache. Another version or platform is another file, so that a checkout never runs the wrong one. */
export function cachedFileName(name: ProgramName, platform: string, arch: string): string {
  return `${name}-${programs[name].version}-${platform}-${arch}`;
}
