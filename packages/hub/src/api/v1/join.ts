import { credentialResponseSchema, joinRequestSchema, pendingJoinSchema, renewRequestSchema } from '@accord/proto/join-api';
import { isCoded } from '@accord/proto/coded-error';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { FailureLimit } from '../failure-limit.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { operation, type AnyOperation } from './operation.ts';

/** A join takes about 700 bytes. */
const bodyBytesMax = 16_384;

/** Called by spokes. The proof in the body counts, so they need no API token. */
export function joinOperations({ join, clock }: ResourceDeps): readonly AnyOperation[] {
  const limit = new FailureLimit(clock);
  const limited = async <Answer>(request: FastifyRequest, work: () => Promise<Answer>): Promise<Answer> => {
    limit.require(request.ip);
    try {
      return await work();
    } catch (error) {
      if (!isCoded(error)) throw error;
      // The peer being away is no guess of the caller.
      if (!isCoded(error, 'unavailable', 'timeout')) limit.fail(request.ip);
      throw error;
    }
  };
  return [
    operation({
      method: 'POST',
      path: '/v1/join',
      summary: 'First contact of a spoke, with "Authorization: Join TOKEN". The same token with the same key gives the same answer.',
      role: 'public',
      body: joinRequestSchema,
      bodyBytesMax,
      status: 200,
      pendingStatus: 202,
      refuses: [401],
      answer: z.union([credentialResponseSchema, pendingJoinSchema]),
      run: async (request, body, reply) => {
        const answer = await limited(request, async () => join.join(tokenOf(request), body));
        if ('state' in answer) void reply.status(202);
        return answer;
      },
    }),
    operation({
      method: 'POST',
      path: '/v1/renew',
      summary: 'The next credential of a member that cannot reach the bus.',
      role: 'public',
      body: renewRequestSchema,
      bodyBytesMax,
      status: 200,
      refuses: [401],
      answer: credentialResponseSchema,
      run: (request, body) => limited(request, () => join.renew(body)),
    }),
  ];
}

function tokenOf({ headers }: FastifyRequest): string {
  const token = /^Join +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (token !== undefined) return token;
  throw new Refusal('unauthenticated', 'no join token came with the request', {
    help: 'Send "Authorization: Join TOKEN"; make one with: accord cluster add NAME -l KEY=VALUE',
  });
}
