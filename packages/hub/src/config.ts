import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CodedError } from '@accord/proto/coded-error';
import type { Installation } from '@accord/proto/join-api';
import { logLevels, type LogLevel } from '@accord/runtime/log';
import { parseAdvertised, type Listen } from './identity/embedded/bus-address.ts';
import type { TlsFiles } from './identity/serving-certificate.ts';
import { readTracing, type Environment, type TracingConfig } from './tracing/tracing-config.ts';

export interface HubConfig {
  /** Keys, claims and the streams of the embedded bus. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** A certificate of the owner's; undefined: the hub makes one. */
  readonly tls: TlsFiles | undefined;
  readonly natsServer: string;
  readonly natsListen: Listen;
  /** Where spokes dial the bus: one address or more. */
  readonly natsAdvertised: readonly Listen[];
  readonly allowedHosts: readonly string[];
  /** What the manifests of every cluster get. */
  readonly spoke: Pick<Installation, 'spokeImage' | 'spokeImagePullSecrets'>;
  /** As CIDR. */
  readonly trustedProxies: readonly string[];
  /** Of one caller, and of one address. */
  readonly requestsPerMinute: number;
  /** Who logs in, and what labels mean. */
  readonly accessFile: string | undefined;
  /** Where the built console lies, absolute; undefined means next to these sources, where it may be built later. */
  readonly consoleDir: string | undefined;
  readonly logLevel: LogLevel;
  /** How large the stream HISTORY may grow. */
  readonly historyBytesMax: number;
  /** Where spans go, and where they are looked at. */
  readonly tracing: TracingConfig;
}

/** More than any client needs: it stops loops that went wild, not work. */
const requestsPerMinute = 120_000;

export const usage = `Usage: accord-hub --data DIR [options]
       accord-hub recover --data DIR [--accept]

Serves the REST API, plans desired state and runs the bus of a fleet.

  --data DIR              keys, claims and streams; made when missing
  --listen HOST:PORT      REST API (default 127.0.0.1:7420; loopback only, unless --insecure-listen)
  --insecure-listen       allow --listen on other addresses without TLS
  --allow-host NAME       further host name under which the API is called; repeatable
  --trusted-proxies CIDR,…
                          proxies whose X-Forwarded-For says from where a request comes, for example 10.0.7.0/28 (default: none)
  --access FILE           who logs in with which rights, and what labels mean: docs/reference/access.md
  --console DIR           the built console (default: packages/console/dist next to these sources)
  --requests-per-minute N of one caller, and of one address (default ${requestsPerMinute})
  --tls-cert FILE         certificate of hub and bus, PEM, with those between it and its authority (default: one that the hub makes)
  --tls-key FILE          its key
  --tls-ca FILE           its authority, which clusters are told to trust, unless everybody does
  --nats-server PATH      the nats-server program (default: found on PATH)
  --nats-listen HOST:PORT the bus (default 127.0.0.1:4222)
  --nats-advertise HOST:PORT
                          where clusters dial the bus (default: where it listens); repeatable, or several with commas
  --spoke-image REF       image of the spoke in the manifests that accord cluster add prints; see deploy/spoke/Dockerfile
  --spoke-image-pull-secret NAME
                          Secret in accord-system of each cluster with which it is pulled; repeatable
  --history-size GIB      disk for what clusters did and who asked for what (default 4; at most 90 days are kept)
  --otlp URL              collector of traces, for example http://127.0.0.1:4318 (or OTEL_EXPORTER_OTLP_ENDPOINT): docs/reference/tracing.md
  --trace-link TEMPLATE   where a trace is looked at, for example 'https://jaeger.example.com/trace/{traceId}'
  --log-level LEVEL       ${logLevels.join(', ')} (default info)
  -h, --help              this text

recover explains why a hub refuses to publish after its streams were lost or rolled back, and with --accept lets it go on.

Example: accord-hub --data /var/lib/accord
`;

export type HubCommand =
  | { readonly command: 'help' }
  | { readonly command: 'serve'; readonly config: HubConfig }
  | { readonly command: 'recover'; readonly dataDir: string; readonly accept: boolean };

/** Reads the command line. Rejects with `invalid` and says which option. */
export function parseHubArguments(argv: readonly string[], env: Environment = {}): HubCommand {
  const { values, positionals } = parse(argv);
  if (values.help === true) return { command: 'help' };
  if (values.data === undefined)
    throw new CodedError('invalid', '--data is missing', { help: 'Give the directory of the hub: --data DIR' });
  const [verb, ...more] = positionals;
  if (verb === 'recover' && more.length === 0) return { command: 'recover', dataDir: values.data, accept: values.accept === true };
  if (verb !== undefined) throw new CodedError('invalid', `there is no command "${verb}"`, { help: 'See: accord-hub --help' });
  const listen = parseListen('--listen', values.listen ?? '127.0.0.1:7420');
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(listen.host);
  if (!isLoopback && values['insecure-listen'] !== true) {
    throw new CodedError('invalid', `--listen ${listen.host} would send tokens in clear text`, {
      help: 'Put a TLS proxy in front, or say --insecure-listen.',
    });
  }
  const nats = parseListen('--nats-listen', values['nats-listen'] ?? '127.0.0.1:4222');
  const logLevel = logLevels.find((level) => level === (values['log-level'] ?? 'info'));
  if (logLevel === undefined)
    throw new CodedError('invalid', `--log-level "${values['log-level']}" is not known`, { help: `Use one of ${logLevels.join(', ')}.` });
  const historyBytesMax = parseGibibytes('--history-size', values['history-size'] ?? '4');
  const config = {
    dataDir: values.data,
    ...listen,
    tls: parseTls(values),
    natsServer: values['nats-server'] ?? 'nats-server',
    natsListen: nats,
    natsAdvertised: parseAdvertised(values['nats-advertise'] ?? [], nats),
    trustedProxies: parseProxies('--trusted-proxies', values['trusted-proxies']),
    requestsPerMinute: parseCount('--requests-per-minute', values['requests-per-minute'] ?? String(requestsPerMinute)),
    spoke: {
      ...(values['spoke-image'] !== undefined && { spokeImage: values['spoke-image'] }),
      ...(values['spoke-image-pull-secret'] && { spokeImagePullSecrets: values['spoke-image-pull-secret'] }),
    },
    accessFile: values.access,
    consoleDir: values.console === undefined ? undefined : resolve(values.console),
    tracing: readTracing(env, { otlp: values.otlp, link: values['trace-link'] }),
  };
  return { command: 'serve', config: { ...config, allowedHosts: values['allow-host'] ?? [], logLevel, historyBytesMax } };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: text,
        listen: text,
        'insecure-listen': flag,
        'allow-host': { ...text, multiple: true },
        'tls-cert': text,
        'tls-key': text,
        'tls-ca': text,
        'nats-server': text,
        'nats-listen': text,
        'nats-advertise': { ...text, multiple: true },
        'spoke-image': text,
        'spoke-image-pull-secret': { ...text, multiple: true },
        access: text,
        console: text,
        'requests-per-minute': text,
        'trusted-proxies': text,
        'log-level': text,
        'history-size': text,
        otlp: text,
        'trace-link': text,
        accept: flag,
        help: { ...flag, short: 'h' },
      },
    });
  } catch (cause) {
    throw new CodedError('invalid', (cause as Error).message, { cause, help: 'See: accord-hub --help' });
  }
}

function parseTls(values: Readonly<Partial<Record<'tls-cert' | 'tls-key' | 'tls-ca', string>>>): TlsFiles | undefined {
  const { 'tls-cert': cert, 'tls-key': key, 'tls-ca': ca } = values;
  if (cert === undefined && key === undefined && ca === undefined) return undefined;
  if (cert !== undefined && key !== undefined) return { cert, key, ca };
  throw new CodedError('invalid', 'a certificate and its key go together', { help: 'Give both: --tls-cert FILE --tls-key FILE' });
}

function parseGibibytes(option: string, text: string): number {
  const gib = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (gib < 0.01)
    throw new CodedError('invalid', `${option} "${text}" is no size`, { help: `A number of GiB, at least 0.01, for example: ${option} 4` });
  return Math.round(gib * 1024 ** 3);
}

function parseListen(option: string, text: string): Listen {
  const [, host = '', port = ''] = /^\[?([^\]]*)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (host === '' || Number(port) > 65_535)
    throw new CodedError('invalid', `${option} "${text}" is no HOST:PORT`, { help: `For example: ${option} 127.0.0.1:7420` });
  return { host, port: Number(port) };
}

function parseCount(option: string, text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new CodedError('invalid', `${option} "${text}" is no number`, { help: `For example: ${option} ${requestsPerMinute}` });
}

/** Whoever is trusted says who everybody else is, so what is not exactly a network or an address is refused, and so is all the world. */
function parseProxies(option: string, text: string | undefined): readonly string[] {
  return (text === undefined ? [] : text.split(',')).map((part) => {
    const [, address = '', bits] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(part.trim()) ?? [];
    const bitsMax = { 4: 32, 6: 128 }[isIP(address)];
    if (bitsMax === undefined || Number(bits ?? bitsMax) > bitsMax)
      throw new CodedError('invalid', `${option}: "${part}" is no network`, {
        help: `Give the addresses of your proxies as CIDR, for example: ${option} 10.0.7.0/28,fd00:7::/64`,
      });
    return `${address}/${bits ?? bitsMax}`;
  });
}
