import { CodedError } from '@accord/proto/coded-error';
import { isLoopback } from '@accord/proto/is-loopback';
import { logLevels, type LogLevel } from '@accord/runtime/log';

export interface SpokeConfig {
  readonly hubUrl: string;
  /** PEM of an authority that signs for the hub, besides those that everybody trusts. */
  readonly hubCA?: string | undefined;
  readonly hubKey: string;
  readonly joinTokenFile: string | undefined;
  /** Undefined where the name comes with the join token. */
  readonly clusterName: string | undefined;
  readonly kubeUrl: string;
  readonly kubeTokenFile: string;
  readonly kubeCaFile: string;
  readonly namespace: string;
  /** Name of this process in the Lease: the pod's name, which a restarted container keeps. */
  readonly instance: string;
  readonly healthListen: string;
  readonly logLevel: LogLevel;
}

const mount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Reads the environment, the only place that configures a spoke. Rejects with `invalid` and says which variable. */
export function parseSpokeConfig(env: Readonly<Record<string, string | undefined>>): SpokeConfig {
  const level = env['ACCORD_LOG_LEVEL'] ?? 'info';
  const logLevel = logLevels.find((known) => known === level);
  if (logLevel === undefined)
    throw new CodedError('invalid', `ACCORD_LOG_LEVEL "${level}" is not known`, { help: `Use one of ${logLevels.join(', ')}.` });
  const hubKey = required(env, 'ACCORD_HUB_KEY', 'the fingerprint that `accord cluster add` printed');
  if (!/^[0-9a-f]{64}$/.test(hubKey))
    throw new CodedError('invalid', 'ACCORD_HUB_KEY is no fingerprint', {
      help: 'It has 64 hex digits, and `accord cluster add` prints it.',
    });
  const host = env['KUBERNETES_SERVICE_HOST'];
  const inCluster =
    host === undefined ? undefined : `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT'] ?? '443'}`;
  return {
    hubUrl: hubUrlOf(env),
    hubCA: env['ACCORD_HUB_CA'] || undefined,
    hubKey,
    joinTokenFile: env['ACCORD_JOIN_TOKEN_FILE'],
    clusterName: env['ACCORD_CLUSTER_NAME'] || undefined,
    kubeUrl: env['ACCORD_KUBE_URL'] ?? inCluster ?? required(env, 'ACCORD_KUBE_URL', 'the address of the API server, since this is no pod'),
    kubeTokenFile: env['ACCORD_KUBE_TOKEN_FILE'] ?? `${mount}/token`,
    kubeCaFile: env['ACCORD_KUBE_CA_FILE'] ?? `${mount}/ca.crt`,
    namespace: env['ACCORD_NAMESPACE'] ?? 'accord-system',
    instance: env['ACCORD_INSTANCE'] ?? env['HOSTNAME'] ?? 'accord-spoke',
    healthListen: env['ACCORD_HEALTH_LISTEN'] ?? '127.0.0.1:0',
    logLevel,
  };
}

function hubUrlOf(env: Readonly<Record<string, string | undefined>>): string {
  const url = requiredUrl(env, 'ACCORD_HUB_URL', 'the address of the hub, such as https://hub.example.net:7420');
  if (url.startsWith('https://') || isLoopback(url) || env['ACCORD_HUB_INSECURE'] === 'true') return url;
  throw new CodedError('invalid', `ACCORD_HUB_URL ${url} would send the join token in clear text`, {
    help: 'Take an address that begins with https://, or allow this one: ACCORD_HUB_INSECURE=true',
  });
}

function required(env: Readonly<Record<string, string | undefined>>, name: string, what: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new CodedError('invalid', `${name} is not set`, { help: `Set it to ${what}.` });
  return value;
}

function requiredUrl(env: Readonly<Record<string, string | undefined>>, name: string, what: string): string {
  const value = required(env, name, what);
  if (!URL.canParse(value)) throw new CodedError('invalid', `${name} is no URL: "${value}"`, { help: `Set it to ${what}.` });
  return value;
}
