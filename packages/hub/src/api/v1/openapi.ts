import { problemSchema } from '@accord/proto/api';
import { programVersion } from '@accord/proto/version';
import * as z from 'zod';
import { sessionCookieName } from '../session/session-cookie.ts';
import type { AnyOperation } from './operation.ts';

/** Either lets a caller in. */
const securitySchemes = {
  token: { type: 'http', scheme: 'bearer' },
  session: { type: 'apiKey', in: 'cookie', name: sessionCookieName },
};

/** OpenAPI 3.1 of /v1, from the very schemas that read the bodies. The kinds are described at /openapi/v3. */
export function openApiOf(operations: readonly AnyOperation[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = openPath(operation.path);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Accord', version: programVersion },
    paths,
    components: { securitySchemes, schemas: { Problem: schemaOf(problemSchema, 'output') } },
  };
}

function described({ method, path, summary, role, scope, query = {}, body, status, answer }: AnyOperation): unknown {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const wildcard = path.endsWith('*') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [];
  const inQuery = Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }));
  return {
    summary,
    operationId: `${method.toLowerCase()}${path.replace(/[/:*-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...(role !== 'public' && {
      security: Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] })),
      'x-accord-role': role,
      'x-accord-scope': scope ?? 'fleet',
    }),
    parameters: [...inPath, ...wildcard, ...inQuery],
    ...(body !== undefined && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      [status]: { description: 'Done', content: { 'application/json': { schema: schemaOf(answer, 'output') } } },
      default: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

function openPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{id}');
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io });
}
