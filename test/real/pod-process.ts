import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KubeClient } from '@accord/local/control-plane/kube-client';
import { spokeFlags } from '@accord/local/fleet/spoke-process';

interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string; readonly optional?: boolean } };
}
interface Source {
  readonly serviceAccountToken?: { readonly path: string; readonly expirationSeconds: number };
  readonly configMap?: { readonly name: string; readonly items: readonly { readonly key: string; readonly path: string }[] };
}
interface Volume {
  readonly name: string;
  readonly projected?: { readonly sources: readonly Source[] };
  readonly secret?: { readonly secretName: string; readonly items: readonly { readonly key: string; readonly path: string }[] };
}
interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly [
    { readonly env: readonly EnvVar[]; readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[] },
  ];
  readonly volumes: readonly Volume[];
}

export interface PodInput {
  readonly client: KubeClient;
  readonly deployment: string;
  /** Instead of the image: what its Dockerfile starts. */
  readonly bundle: string;
  /** Instead of the root of its file system. */
  readonly dir: string;
  readonly healthPort: number;
}

const namespace = 'accord-system';

/** What a kubelet would make of a Deployment that the API server holds: environment, files and account, and the process. */
export class PodProcess {
  readonly #input: PodInput;
  #child: ChildProcess | undefined;

  constructor(input: PodInput) {
    this.#input = input;
  }

  get log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  /** Reads everything anew, as for a new pod. */
  async start(): Promise<void> {
    const { deployment, bundle, dir, healthPort, client } = this.#input;
    const { spec } = await this.#read<{ readonly spec: { readonly template: { readonly spec: PodSpec } } }>(
      `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`,
    );
    const pod = spec.template.spec;
    const [{ env, volumeMounts }] = pod.containers;
    for (const { name, mountPath } of volumeMounts) await this.#mount(pod, name, join(dir, mountPath));
    const values = await Promise.all(env.map(async (variable) => [variable.name, await this.#valueOf(variable)] as const));
    const given = Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Record<string, string>;
    const account = join(dir, volumeMounts.find(({ name }) => name === 'account')?.mountPath ?? '');
    const server = new URL(client.url);
    const log = openSync(this.#logFile, 'a', 0o600);
    this.#child = spawn(process.execPath, [...spokeFlags, bundle], {
      env: {
        ...given,
        // The mounts lie below a directory, and the ports of all pods on one address.
        ACCORD_JOIN_TOKEN_FILE: join(dir, given['ACCORD_JOIN_TOKEN_FILE'] ?? ''),
        ...{ ACCORD_KUBE_TOKEN_FILE: join(account, 'token'), ACCORD_KUBE_CA_FILE: join(account, 'ca.crt') },
        ...{ KUBERNETES_SERVICE_HOST: server.hostname, KUBERNETES_SERVICE_PORT: server.port, HOSTNAME: `${deployment}-0` },
        ACCORD_HEALTH_LISTEN: `127.0.0.1:${healthPort}`,
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
  }

  async isReady(): Promise<boolean> {
    const response = await fetch(`http://127.0.0.1:${this.#input.healthPort}/readyz`);
    await response.body?.cancel();
    return response.ok;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.isRunning) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** A Secret that has changed reaches its file after a while. */
  async refreshMounts(): Promise<void> {
    const { deployment, dir } = this.#input;
    const { spec } = await this.#read<{ readonly spec: { readonly template: { readonly spec: PodSpec } } }>(
      `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`,
    );
    const pod = spec.template.spec;
    for (const { name, mountPath } of pod.containers[0].volumeMounts) await this.#mount(pod, name, join(dir, mountPath));
  }

  async #mount(pod: PodSpec, name: string, at: string): Promise<void> {
    const volume = pod.volumes.find((candidate) => candidate.name === name);
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(at, path)), { recursive: true, mode: 0o700 });
      writeFileSync(join(at, path), text, { mode: 0o600 });
    };
    for (const source of volume?.projected?.sources ?? []) {
      if (source.serviceAccountToken !== undefined)
        write(source.serviceAccountToken.path, await this.#tokenOf(pod.serviceAccountName, source.serviceAccountToken.expirationSeconds));
      if (source.configMap === undefined) continue;
      const { data } = await this.#read<{ readonly data: Record<string, string> }>(
        `/api/v1/namespaces/${namespace}/configmaps/${source.configMap.name}`,
      );
      for (const { key, path } of source.configMap.items) write(path, data[key] ?? '');
    }
    for (const { key, path } of volume?.secret?.items ?? []) write(path, (await this.#secret(volume?.secret?.secretName ?? '', key)) ?? '');
  }

  async #tokenOf(account: string, expirationSeconds: number): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds } };
    const answer = await this.#input.client.send({ method: 'POST', path, body });
    return (answer.body as { readonly status: { readonly token: string } }).status.token;
  }

  async #valueOf({ value, valueFrom }: EnvVar): Promise<string | undefined> {
    if (valueFrom === undefined) return value;
    const { name, key, optional } = valueFrom.secretKeyRef;
    const found = await this.#secret(name, key);
    if (found === undefined && optional !== true) throw new Error(`CreateContainerConfigError: no ${key} in Secret ${name}`);
    return found;
  }

  async #secret(name: string, key: string): Promise<string | undefined> {
    const { data } = await this.#read<{ readonly data: Record<string, string> }>(`/api/v1/namespaces/${namespace}/secrets/${name}`);
    return data[key] === undefined ? undefined : Buffer.from(data[key], 'base64').toString();
  }

  async #read<T>(path: string): Promise<T> {
    const { status, body } = await this.#input.client.send({ method: 'GET', path });
    if (status !== 200) throw new Error(`${path}: ${status}`);
    return body as T;
  }

  get #logFile(): string {
    return join(this.#input.dir, '..', `${this.#input.deployment}-${this.#input.healthPort}.log`);
  }
}
