import { describe, expect, test } from 'vitest';
import { readTracing, type Environment, type TracingConfig } from './tracing-config.ts';

const read = (env: Environment, options: Parameters<typeof readTracing>[1] = {}): TracingConfig => readTracing(env, options);
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('readTracing', () => {
  test('without an address nothing is sent', () => {
    expect(read({ OTEL_TRACES_SAMPLER: 'always_on', OTEL_SERVICE_NAME: 'hub-1' })).toEqual({ resource: { 'service.name': 'hub-1' } });
  });

  const addresses: [claim: string, env: Environment, otlp: string | undefined, url: string | undefined][] = [
    ['of all signals, traces have their path', endpoint, undefined, 'http://collector:4318/v1/traces'],
    ['a path is kept', { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c/otlp/' }, undefined, 'https://c/otlp/v1/traces'],
    ['of traces alone it is what it is', { ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t/in' }, undefined, 'http://t/in'],
    ['the option goes first', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t/in' }, 'http://o:1', 'http://o:1/v1/traces'],
    ['switched off, nothing is sent', { ...endpoint, OTEL_SDK_DISABLED: 'true' }, undefined, undefined],
    ['without an exporter of traces, nothing is sent', { ...endpoint, OTEL_TRACES_EXPORTER: 'none' }, undefined, undefined],
  ];
  test.each(addresses)('%s', (_claim, env, otlp, url) => expect(read(env, { otlp }).export?.url).toBe(url));

  test('headers and attributes are lists of pairs, encoded as in a URL', () => {
    const config = read({
      ...endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20YQ%3D%3D, x-tenant=a=b',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=prod',
      OTEL_SERVICE_NAME: 'hub-1',
    });
    expect(config.export?.headers).toEqual({ authorization: 'Basic YQ==', 'x-tenant': 'a=b' });
    expect(config.resource).toEqual({ 'service.name': 'hub-1', 'deployment.environment.name': 'prod' });
  });

  test('samplers have their names, and a share where they take one', () => {
    expect(read(endpoint).export).toMatchObject({ sampler: 'parentbased_always_on', ratio: 1 });
    const share = { ...endpoint, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' };
    expect(read(share).export).toMatchObject({ sampler: 'parentbased_traceidratio', ratio: 0.25 });
  });

  const refused: [Environment, Parameters<typeof readTracing>[1], RegExp][] = [
    [{}, { otlp: 'collector:4318' }, /^--otlp "collector:4318" is no address/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://c' }, {}, /^OTEL_EXPORTER_OTLP_ENDPOINT/],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'secret' }, {}, /^OTEL_EXPORTER_OTLP_HEADERS is no list of key=value$/],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'a=%zz' }, {}, /^OTEL_EXPORTER_OTLP_HEADERS is no list of key=value$/],
    [{ ...endpoint, OTEL_TRACES_SAMPLER: 'some' }, {}, /^OTEL_TRACES_SAMPLER "some"/],
    [{ ...endpoint, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' }, {}, /^OTEL_TRACES_SAMPLER_ARG "2"/],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, {}, /grpc/],
    [{}, { link: 'https://jaeger/trace' }, /^--trace-link/],
    [{}, { link: 'javascript:alert("{traceId}")' }, /^--trace-link/],
    [{}, { link: 'https://{traceId}.evil/' }, /^--trace-link/],
  ];
  test.each(refused)('%j %j is refused, with what to write', (env, options, message) => {
    expect(() => read(env, options)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringMatching(message), help: expect.any(String) }) as Error,
    );
  });
});
