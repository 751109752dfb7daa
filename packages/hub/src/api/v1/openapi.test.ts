/** Whatever is asked, by whomever: the document says what may be answered, and bindings show nothing of what lies outside. */
import { problemSchema } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

interface Described {
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query' | 'header' }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>>;
  readonly 'x-accord-role'?: string;
  readonly 'x-accord-scope'?: string;
}
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
}
interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly described: Described;
}

/** Stands in everything that lies outside of the bindings, and in no request of who has them. */
const planted = 'qzx4711';
const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';

/** Who has no key of a member is let in by nobody; joining has tests of its own. */
const refuse = (): Promise<never> => Promise.reject(new CodedError('unauthenticated', 'the proof does not hold', { help: 'Join again.' }));
const nobodyJoins = { join: refuse, renew: refuse };

let hub: MemoryHub;
let routes: readonly Route[];
const tokens: Record<string, string | undefined> = {};
const roles = ['none', 'viewer', 'operator', 'admin', 'bound'] as const;
type Who = (typeof roles)[number];

beforeAll(async () => {
  hub = await startMemoryHub({ join: nobodyJoins });
  await hub.addCluster('dev-1', { env: 'dev' });
  await hub.addCluster('dev-2', { env: 'dev', note: 'x' });
  await hub.addCluster(`prod-${planted}`, { env: 'prod', secret: planted });
  for (const name of ['team-a', 'team-gone', `base-${planted}`]) {
    const bindings = name === 'team-a' ? [] : [{ clusterRole: 'view', groups: [`g-${name}`] }];
    const spec = { clusterSelector: {}, description: name, namespaces: [{ name: `n-${name}`, bindings }] };
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name, annotations: { why: name } }, spec };
    await hub.call('PUT', `${policies}/${name}`, { body, headers: { 'accord-reason': `because of ${name}` } });
    for (const cluster of ['dev-1', `prod-${planted}`]) hub.report(cluster, name, 'Failed', `${name} says no on ${cluster}`);
  }
  await hub.call('DELETE', `${policies}/team-gone`);
  for (const role of ['viewer', 'operator', 'admin'])
    tokens[role] = (await hub.call('POST', '/v1/api-tokens', { body: { name: `as-${role}-${planted}`, role } })).body.token;
  const binding = { clusters: { matchLabels: { env: 'dev' } }, policies: ['team-*'], namespaces: ['n-team-*'], parts: ['namespaces'] };
  tokens['bound'] = await hub.tokenWith({ role: 'admin', ...binding });
  const { body } = await hub.call('GET', '/openapi.json');
  routes = Object.entries<Record<string, Described>>(body.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, described]) => ({ method: verb.toUpperCase() as 'GET', path, described })),
  );
});
afterAll(() => hub.stop());

const garbage = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '\u0000',
    '\u001b[31m',
    '<script>alert(1)</script>',
    '../..',
    '%00',
    '"\'`',
    'x'.repeat(400),
    '𝔘 ',
    '-1',
    '1e9',
    '0',
    '99999999999',
    'NaN',
  ),
);
const names = fc.constantFrom(
  'dev-1',
  'dev-2',
  'team-a',
  'team-gone',
  'dev-3',
  'team-b',
  'no-such',
  'team-a@1',
  'team-gone@1',
  'team-a@99',
  'cluster/dev-1@1',
  `prod-qzx4712`,
  'base-qzx4710',
);
/** Values that come close get further in than any at random. */
const fitting: Readonly<Record<string, fc.Arbitrary<string>>> = {
  limit: fc.constantFrom('1', '2', '1000', '100000'),
  points: fc.constantFrom('1', '60', '500', '501'),
  continue: fc.constantFrom('YWZ0ZXI6ZGV2LTE', 'WzAsImRldi0xIl0', 'WzFd', 'e30', 'WzEsMiwzXQ'),
  since: fc.constantFrom('1h', '5s', '2020-01-01T00:00:00Z', '1970-01-01', '9999-12-31T00:00:00Z', '-1h'),
  until: fc.constantFrom('1h', '2020-01-01T00:00:00Z'),
  at: fc.constantFrom('1s', '1h', '1970-01-01', '1990-01-01T00:00:00Z', '9999-12-31'),
  sort: fc.constantFrom('name', 'worst', 'cluster', 'policy', 'wrst'),
  state: fc.constantFrom('Failed', 'Offline', 'Faild'),
  connection: fc.constantFrom('live', 'offline', 'lve'),
  sync: fc.constantFrom('current', 'behind', 'stuck'),
  labelSelector: fc.constantFrom('env=dev', 'env in (dev)', '=', '!'),
  q: fc.constantFrom('dev', 'team', 'env=', 'ENV=DEV'),
  revision: fc.constantFrom('1', '2', '99'),
  from: fc.constantFrom('1', '2'),
  to: fc.constantFrom('1', '2'),
  subject: fc.constantFrom('Group/g-team-gone', 'g-base-qzx4712', 'ServiceAccount/x', 'User/a/b'),
  role: fc.constantFrom('view', 'ClusterRole/view', 'Clusterole/view'),
  namespace: fc.constantFrom('n-team-a', 'n-team-gone', 'N'),
  min: fc.constantFrom('0', '80', '101'),
};

/** Values of a schema, or what is none: it gets into the depth of a route as well as to its door. */
function valueOf({ type, properties = {}, items = {}, enum: known }: Schema): fc.Arbitrary<unknown> {
  const near = ((): fc.Arbitrary<unknown> => {
    if (known !== undefined) return fc.constantFrom(...known);
    if (type === 'object')
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, valueOf(of)])), { requiredKeys: [] });
    if (type === 'array') return fc.array(valueOf(items), { maxLength: 2 });
    if (type === 'string') return fc.oneof(names, fc.constantFrom('1h', 'env=dev', '2126-01-01T00:00:00Z'));
    if (type === 'integer' || type === 'number') return fc.integer({ min: -1, max: 5 });
    return fc.boolean();
  })();
  return fc.oneof({ weight: 8, arbitrary: near }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) });
}

function requestOf({ path, method, described }: Route) {
  const fill = (kind: 'path' | 'query') =>
    Object.fromEntries(
      described.parameters
        .filter((parameter) => parameter.in === kind)
        .map(({ name }) => [name, fc.oneof({ weight: 3, arbitrary: fitting[name] ?? names }, { weight: 1, arbitrary: garbage })]),
    );
  const { requestBody } = described;
  const body = requestBody === undefined ? fc.constant(undefined) : valueOf(requestBody.content['application/json'].schema);
  return fc
    .record({ params: fc.record(fill('path')), query: fc.record(fill('query'), { requiredKeys: [] }), body })
    .map(({ params, query, body: sent }) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
      const asked = new URLSearchParams(query as Record<string, string>).toString();
      return { method, url: asked === '' ? filled : `${filled}?${asked}`, payload: sent === undefined ? undefined : JSON.stringify(sent) };
    });
}

let address = 0;
/** Each from an address of its own, so that nobody is told to wait. */
async function ask(
  who: Who,
  { method, url, payload }: { readonly method: 'GET' | 'POST' | 'DELETE'; readonly url: string; readonly payload: string | undefined },
) {
  address += 1;
  const remoteAddress = `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
  const token = tokens[who];
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(payload !== undefined && { 'content-type': 'application/json' }),
  };
  return hub.app.inject({ method, url, headers, remoteAddress, ...(payload !== undefined && { payload }) });
}

type Answer = Awaited<ReturnType<typeof ask>>;
const parsers = new Map<Schema, z.ZodType>();

/** Undefined when the document has it like that. */
function undocumented({ described }: Route, { statusCode, headers, body }: Answer): string | undefined {
  const documented = described.responses[statusCode];
  if (documented === undefined) return `status ${statusCode}: ${body}`;
  const type = String(headers['content-type']).split(';')[0] ?? '';
  const schema = documented.content[type]?.schema;
  if (schema === undefined) return `content type ${type}`;
  if (!type.includes('json')) return undefined;
  const parser = '$ref' in schema ? problemSchema.strict() : (parsers.get(schema) ?? z.fromJSONSchema(schema as never));
  parsers.set(schema, parser);
  return parser.safeParse(JSON.parse(body)).error?.message;
}

const who = fc.constantFrom(...roles);
const isStream = ({ path }: Route): boolean => path === '/v1/events';

describe('the document', () => {
  test('has every route under /v1 and those beside it, with the role and the scope that they are registered with', () => {
    // What is not Kubernetes-shaped, and no page of the console.
    const isPlain = (url: string): boolean => !/^\/(apis?|openapi\/|version|assets\/|\*)/.test(url);
    const registered = hub.routes
      .filter(({ url }) => isPlain(url))
      .map(({ method, url, config }) => {
        const role = config?.role === 'public' ? 'public' : `${config?.role} ${config?.scope ?? 'fleet'}`;
        return `${String(method)} ${url.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{id}')} ${role}`;
      });
    const documented = routes.map(({ method, path, described }) => {
      const role = described['x-accord-role'];
      return `${method} ${path} ${role === undefined ? 'public' : `${role} ${described['x-accord-scope']}`}`;
    });
    expect(documented.toSorted()).toEqual(registered.toSorted());
  });

  test('names the statuses of each route one by one', () => {
    expect(
      routes.flatMap(({ path, described }) =>
        Object.keys(described.responses)
          .filter((status) => !/^\d{3}$/.test(status))
          .map((status) => `${path} ${status}`),
      ),
    ).toEqual([]);
  });
});

describe('property: what is answered', { timeout: 60_000 }, () => {
  test('is what the document says, and never an error of the hub, whoever asks for what', async () => {
    for (const route of routes.filter((one) => !isStream(one) && one.method === 'GET'))
      await fc.assert(
        fc.asyncProperty(who, requestOf(route), async (as, request) => {
          const answer = await ask(as, request);
          expect([answer.statusCode < 500, undocumented(route, answer)]).toEqual([true, undefined]);
          expect(answer.headers['x-content-type-options']).toBe('nosniff');
        }),
        { seed: 1, numRuns: 30 },
      );
  });

  test('shows nothing of what lies outside of bindings', async () => {
    for (const route of routes.filter((one) => !isStream(one) && one.method === 'GET'))
      await fc.assert(
        fc.asyncProperty(requestOf(route), async (request) => {
          expect((await ask('bound', request)).body).not.toContain(planted);
        }),
        { seed: 2, numRuns: 30 },
      );
    const { body } = await hub.call('GET', '/v1/clusters');
    expect(JSON.stringify(body)).toContain(planted);
  });

  // They change what is there, so they come last, and those with bindings first.
  test.each([['bound'], ['none'], ['viewer'], ['operator'], ['admin']] as const)(
    'to writes of %s is what the document says as well',
    async (as) => {
      for (const route of routes.filter(({ method }) => method !== 'GET'))
        await fc.assert(
          fc.asyncProperty(requestOf(route), async (request) => {
            const answer = await ask(as, request);
            expect([answer.statusCode < 500, undocumented(route, answer)]).toEqual([true, undefined]);
            if (as === 'bound') expect(answer.body).not.toContain(planted);
          }),
          { seed: 3, numRuns: 15 },
        );
    },
  );

  test('has left no bug in the log', () => {
    expect(hub.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
