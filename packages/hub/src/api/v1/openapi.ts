import { STATUS_CODES } from 'node:http';
import { eventSchema, problemSchema } from '@accord/proto/api';
import { programVersion } from '@accord/proto/version';
import * as z from 'zod';
import { sessionCookieName } from '../session/session-cookie.ts';
import type { AnyOperation } from './operation.ts';
import { plainRoutes, type PlainRoute } from './plain-routes.ts';

/** Either lets a caller in. */
const securitySchemes = {
  token: { type: 'http', scheme: 'bearer' },
  session: { type: 'apiKey', in: 'cookie', name: sessionCookieName },
};

/** OpenAPI 3.1 of everything that is not Kubernetes-shaped, from the very schemas that read the bodies. The kinds are described at /openapi/v3. */
export function openApiOf(operations: readonly AnyOperation[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = openPath(operation.path);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation) };
  }
  for (const route of plainRoutes) paths[route.path] = { get: describedPlain(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Accord', version: programVersion },
    paths,
    components: {
      securitySchemes,
      schemas: { Problem: schemaOf(problemSchema, 'output'), Event: schemaOf(eventSchema, 'output') },
    },
  };
}

function described(operation: AnyOperation): unknown {
  const { method, path, summary, role, scope, query = {}, body, status, pendingStatus, answer } = operation;
  const answered = { 'application/json': { schema: schemaOf(answer, 'output') } };
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const wildcard = path.endsWith('*') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [];
  const inQuery = Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }));
  return {
    summary,
    operationId: `${method.toLowerCase()}${path.replace(/[/:*-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...guarded({ role, scope }),
    parameters: [...inPath, ...wildcard, ...inQuery],
    ...(body !== undefined && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      [status]: { description: status === 202 ? 'Accepted' : 'Done', content: answered },
      ...(pendingStatus !== undefined && { [pendingStatus]: { description: 'Accepted, and not done yet', content: answered } }),
      ...refused('application/problem+json', refusalsOf(operation)),
    },
  };
}

function describedPlain({ path, summary, role, scope, headers = {}, answers, refuses }: PlainRoute): unknown {
  return {
    summary,
    operationId: `get${path.replace(/[/.-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...guarded({ role, scope }),
    parameters: Object.entries(headers).map(([name, description]) => ({ name, in: 'header', description, schema: { type: 'string' } })),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { type, description, schema }]) => [
          status,
          { description, content: { [type]: { schema } } },
        ]),
      ),
      // As everywhere outside of /v1, refusals there are Status objects.
      ...refused(path.startsWith('/v1') ? 'application/problem+json' : 'application/json', refuses),
    },
  };
}

function guarded({ role, scope }: Pick<AnyOperation, 'role'> & { readonly scope: AnyOperation['scope'] }): object {
  const security = Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] }));
  return role === 'public' ? {} : { security, 'x-accord-role': role, 'x-accord-scope': scope ?? 'fleet' };
}

function refused(type: string, statuses: readonly number[]): object {
  const schema = type === 'application/json' ? { type: 'object' } : { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    statuses.map((status) => [status, { description: STATUS_CODES[status] ?? 'Refused', content: { [type]: { schema } } }]),
  );
}

/** What cannot be read, an unknown host, too many requests, and a bug, which every route may meet. */
const refusalsOfAll = [400, 403, 429, 500];
/** Who asks is not known, or the server that knows him cannot be asked. */
const refusalsOfGuarded = [401, 503];
const refusalsOfBodies = [413, 422];
/** Somebody was first, the bus does not answer or has no room. */
const refusalsOfWrites = [409, 422, 503, 504, 507];

function refusalsOf({ method, path, role, body, refuses = [] }: AnyOperation): readonly number[] {
  const all = [
    ...refusalsOfAll,
    ...(role === 'public' ? [] : refusalsOfGuarded),
    ...(/[:*]/.test(path) ? [404] : []),
    ...(body === undefined ? [] : refusalsOfBodies),
    ...(method === 'GET' ? [] : refusalsOfWrites),
    ...refuses,
  ];
  return [...new Set(all)].toSorted((a, b) => a - b);
}

function openPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{id}');
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io });
}
