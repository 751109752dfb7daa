import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CodedError } from '@accord/proto/coded-error';
import { logLevels, type LogLevel } from '@accord/runtime/log';
import { readTracing, type Environment, type TracingConfig } from './tracing/tracing-config.ts';

export interface HubConfig {
  /** Keys, claims and the streams of the embedded bus. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly natsServer: string;
  readonly natsHost: string;
  readonly natsPort: number;
  readonly allowedHosts: readonly string[];
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
  --nats-server PATH      the nats-server program (default: found on PATH)
  --nats-listen HOST:PORT the bus (default 127.0.0.1:4222)
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
    natsServer: values['nats-server'] ?? 'nats-server',
    natsHost: nats.host,
    natsPort: nats.port,
    trustedProxies: parseProxies('--trusted-proxies', values['trusted-proxies']),
    requestsPerMinute: parseCount('--requests-per-minute', values['requests-per-minute'] ?? String(requestsPerMinute)),
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
        'nats-server': text,
        'nats-listen': text,
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

function parseGibibytes(option: string, text: string): number {
  const gib = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (gib < 0.01)
    throw new CodedError('invalid', `${option} "${text}" is no size`, { help: `A number of GiB, at least 0.01, for example: ${option} 4` });
  return Math.round(gib * 1024 ** 3);
}

function parseListen(option: string, text: string): { readonly host: string; readonly port: number } {
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
