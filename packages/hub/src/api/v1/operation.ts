import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '@accord/core/policy/fault';
import { renderPath } from '@accord/core/policy/json-path';
import { nearestName } from '@accord/core/policy/nearest-name';
import * as z from 'zod';
import { readBody } from '../read-body.ts';
import { Refusal } from '../refusal.ts';
import type { RouteRole, Scope } from '../request-context.ts';

/** One route under /v1 with everything that its documentation says; both are made from this. */
export interface Operation<Body extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As fastify has it: `/v1/policies/:name/clusters`. */
  readonly path: string;
  readonly summary: string;
  readonly role: RouteRole;
  /** What it means to callers who have the role in bindings only; without it they are refused. */
  readonly scope?: Scope;
  /** Nobody is refused for what others at his address ask: failures are counted instead. */
  readonly limitsItself?: true;
  /** Name → what it does. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** Where a body is small, and anybody may send one. */
  readonly bodyBytesMax?: number;
  readonly status: 200 | 201 | 202;
  /** Where it may be accepted and not done yet. */
  readonly pendingStatus?: 202;
  /** Statuses of refusals that method, path and role do not say. */
  readonly refuses?: readonly number[];
  readonly answer: Answer;
  readonly run: (request: FastifyRequest, body: z.output<Body>, reply: FastifyReply) => z.input<Answer> | Promise<z.input<Answer>>;
}

/** An operation whose types have been checked. */
export type AnyOperation = Omit<Operation, 'run'> & {
  readonly run: (request: FastifyRequest, body: never, reply: FastifyReply) => unknown;
};

/** Ties the types of body and answer to their schemas, and then forgets them. */
export function operation<Body extends z.ZodType, Answer extends z.ZodType>(described: Operation<Body, Answer>): AnyOperation {
  return described;
}

/** Makes the route. A body that does not fit is refused with every fault before `run` sees it. */
export function registerOperation(
  app: FastifyInstance,
  { method, path, role, scope, limitsItself, body, bodyBytesMax, status, run }: AnyOperation,
): void {
  app.route({
    method,
    url: path,
    config: { role, ...(scope !== undefined && { scope }), ...(limitsItself && { limitsItself }) },
    ...(bodyBytesMax !== undefined && { bodyLimit: bodyBytesMax }),
    handler: (request, reply) => {
      const input = body === undefined ? undefined : strictBody(body, readBody(request.body, request.headers['content-type']));
      void reply.status(status);
      return run(request, input as never, reply);
    },
  });
}

/** Rejects with `invalid`: 400 for fields that do not exist, 422 for values that do not fit. */
function strictBody(schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, schema, input));
  const status = faults.some(({ code }) => code === 'UnknownField') ? 400 : 422;
  throw new Refusal('invalid', 'the body is not what this route takes', { status, faults, help: 'See /openapi.json for what it takes.' });
}

function faultsOf(issue: z.core.$ZodIssue, schema: z.ZodType, input: unknown): readonly Fault[] {
  if (issue.code === 'invalid_value') return [unknownValue(issue, input)];
  if (issue.code !== 'unrecognized_keys')
    return [{ code: 'InvalidValue', path: renderPath('', issue.path), message: `${issue.message}.`, help: '' }];
  const known = schema instanceof z.ZodObject && issue.path.length === 0 ? Object.keys(schema.shape) : [];
  return issue.keys.map((key) => {
    const near = nearestName(key, known);
    const help = near !== undefined ? `Did you mean ${near}?` : known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Leave it out.';
    return { code: 'UnknownField', path: renderPath('', [...issue.path, key]), message: `There is no field ${key} here.`, help };
  });
}

/** One of a closed list is meant. */
function unknownValue({ path, values }: z.core.$ZodIssueInvalidValue, input: unknown): Fault {
  const written = path.reduce<unknown>((at, step) => (at as Readonly<Record<PropertyKey, unknown>> | undefined)?.[step], input);
  const known = values.map(String);
  const near = typeof written === 'string' ? nearestName(written, known) : undefined;
  const help = near === undefined ? `Write one of ${known.join(', ')}.` : `Did you mean ${near}?`;
  return { code: 'InvalidValue', path: renderPath('', path), message: `${JSON.stringify(written) ?? 'Nothing'} is not known here.`, help };
}
