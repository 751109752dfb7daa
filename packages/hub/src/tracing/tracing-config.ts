import { CodedError } from '@accord/proto/coded-error';

export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof samplerNames)[number];

/** Where spans go, by the standard variables of OpenTelemetry: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export interface ExportConfig {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sampler: SamplerName;
  /** Of the traces that begin at the hub, how many of one are kept. */
  readonly ratio: number;
}

export interface TracingConfig {
  /** Missing: nothing is exported, and nothing of it is loaded. */
  readonly export?: ExportConfig;
  readonly resource: Readonly<Record<string, string>>;
  /** Address of a trace in the tool that shows it, with `{traceId}` in it. */
  readonly link?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** `otlp` and `link` are options of the command line; the first goes before what the environment says. Rejects with `invalid`. */
export function readTracing(
  env: Environment,
  { otlp, link }: { readonly otlp?: string | undefined; readonly link?: string | undefined },
): TracingConfig {
  const said = (name: string): string => (env[name] ?? '').trim();
  const base = otlp ?? said('OTEL_EXPORTER_OTLP_ENDPOINT');
  const exact = otlp === undefined ? said('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') : '';
  const isOff = said('OTEL_SDK_DISABLED').toLowerCase() === 'true' || said('OTEL_TRACES_EXPORTER') === 'none';
  const resource = {
    'service.name': 'accord-hub',
    ...pairs('OTEL_RESOURCE_ATTRIBUTES', said('OTEL_RESOURCE_ATTRIBUTES')),
    ...(said('OTEL_SERVICE_NAME') !== '' && { 'service.name': said('OTEL_SERVICE_NAME') }),
  };
  const shown = link === undefined ? {} : { link: readLink(link) };
  if ((base === '' && exact === '') || (isOff && otlp === undefined)) return { resource, ...shown };
  requireHttp(said('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') || said('OTEL_EXPORTER_OTLP_PROTOCOL'));
  const named = otlp === undefined ? (exact === '' ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') : '--otlp';
  return {
    resource,
    ...shown,
    export: {
      url: exact === '' ? `${readUrl(named, base).replace(/\/+$/, '')}/v1/traces` : readUrl(named, exact),
      headers: {
        ...pairs('OTEL_EXPORTER_OTLP_HEADERS', said('OTEL_EXPORTER_OTLP_HEADERS')),
        ...pairs('OTEL_EXPORTER_OTLP_TRACES_HEADERS', said('OTEL_EXPORTER_OTLP_TRACES_HEADERS')),
      },
      ...readSampler(said('OTEL_TRACES_SAMPLER') || 'parentbased_always_on', said('OTEL_TRACES_SAMPLER_ARG') || '1'),
    },
  };
}

function readUrl(named: string, text: string): string {
  const url = URL.parse(text);
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url.href;
  throw new CodedError('invalid', `${named} "${text}" is no address of a collector`, {
    help: 'Write http:// or https://, for example: --otlp http://127.0.0.1:4318',
  });
}

const noTrace = '0'.repeat(32);

/** Console and terminal show it as a link: nothing but http and https may come out of it. */
function readLink(template: string): string {
  const url = URL.parse(template.replaceAll('{traceId}', noTrace));
  if (template.includes('{traceId}') && url !== null && ['http:', 'https:'].includes(url.protocol) && !url.host.includes(noTrace))
    return template;
  throw new CodedError('invalid', `--trace-link "${template}" is no address with {traceId} in it`, {
    help: `For example: --trace-link 'https://jaeger.example.com/trace/{traceId}'`,
  });
}

/** `key=value,key=value` with values encoded as in a URL (W3C Baggage). */
function pairs(named: string, text: string): Readonly<Record<string, string>> {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const at = part.indexOf('=');
      const value = decoded(part.slice(at + 1).trim());
      if (at > 0 && value !== undefined) return [part.slice(0, at).trim(), value];
      // It may be a credential, so it is not repeated.
      throw new CodedError('invalid', `${named} is no list of key=value`, { help: `For example: ${named}='a=1,b=2'` });
    }),
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function readSampler(name: string, argument: string): Pick<ExportConfig, 'sampler' | 'ratio'> {
  const sampler = samplerNames.find((known) => known === name);
  if (sampler === undefined)
    throw new CodedError('invalid', `OTEL_TRACES_SAMPLER "${name}" is not known`, { help: `Use one of ${samplerNames.join(', ')}.` });
  const ratio = Number(argument);
  if (!sampler.endsWith('traceidratio')) return { sampler, ratio: 1 };
  if (ratio >= 0 && ratio <= 1) return { sampler, ratio };
  throw new CodedError('invalid', `OTEL_TRACES_SAMPLER_ARG "${argument}" is no share`, {
    help: 'Write a number from 0 to 1, for example: OTEL_TRACES_SAMPLER_ARG=0.1',
  });
}

/** Collectors take JSON wherever they take protobuf over HTTP; gRPC has a port of its own. */
function requireHttp(protocol: string): void {
  if (protocol !== 'grpc') return;
  throw new CodedError('invalid', 'the hub sends OTLP over HTTP, and OTEL_EXPORTER_OTLP_PROTOCOL says grpc', {
    help: 'Give it the HTTP port of the collector (mostly 4318) and OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json.',
  });
}
