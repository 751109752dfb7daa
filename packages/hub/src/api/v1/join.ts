import { credentialResponseSchema, joinRequestSchema, pendingJoinSchema, renewRequestSchema } from '@accord/proto/join-api';
import { isCoded } from '@accord/proto/coded-error';
import { isClusterId } from '@accord/proto/ids';
import { tokenHash } from '@accord/proto/join';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { FailureLimit } from '../failure-limit.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { operation, type AnyOperation } from './operation.ts';

/** A join takes about 700 bytes. */
const bodyBytesMax = 16_384;

/** Called by spokes. The proof in the body counts, so they need no API token. */
export function joinOperations({ join, projection: { registry }, clock }: ResourceDeps): readonly AnyOperation[] {
  const limit = new FailureLimit(clock);
  /** `as` is what the request names and the hub knows: many clusters share the address of a proxy, and each has failures of its own. */
  const limited = <Answer>(request: FastifyRequest, as: string | undefined, work: () => Promise<Answer>): Promise<Answer> => {
    const { ip } = request;
    request.askedAs = as ?? '';
    // What names nothing that there is cannot be right, so whoever guesses costs no more than this.
    if (as === undefined) limit.require(ip);
    return limit.guard(as === undefined ? ip : `${ip} ${as}`, work, isGuess);
  };
  const tokenAt = (token: string): string | undefined => {
    const known = registry.tokens.get(tokenHash(token))?.body;
    return known && `with a join token of ${known.cluster}`;
  };
  const memberAt = (id: string): string | undefined => {
    const known = isClusterId(id) ? (registry.clusters.get(id) ?? registry.left.get(id)) : undefined;
    return known && `as cluster ${known.body.name}`;
  };
  return [
    operation({
      method: 'POST',
      path: '/v1/join',
      summary: 'First contact of a spoke, with "Authorization: Join TOKEN". The same token with the same key gives the same answer.',
      role: 'public',
      limitsItself: true,
      body: joinRequestSchema,
      bodyBytesMax,
      status: 200,
      pendingStatus: 202,
      refuses: [401],
      answer: z.union([credentialResponseSchema, pendingJoinSchema]),
      run: async (request, body, reply) => {
        const token = tokenOf(request);
        const answer = await limited(request, tokenAt(token), () => join.join(token, body, request.ip));
        if ('state' in answer) void reply.status(202);
        return answer;
      },
    }),
    operation({
      method: 'POST',
      path: '/v1/renew',
      summary: 'The next credential of a member that cannot reach the bus.',
      role: 'public',
      limitsItself: true,
      body: renewRequestSchema,
      bodyBytesMax,
      status: 200,
      refuses: [401],
      answer: credentialResponseSchema,
      run: (request, body) => limited(request, memberAt(body.cluster), () => join.renew(body)),
    }),
  ];
}

/** A peer that is away, or a key that waits in quarantine, is no guess of the caller. */
function isGuess(error: unknown): boolean {
  return isCoded(error) && !isCoded(error, 'unavailable', 'timeout', 'busy');
}

function tokenOf({ headers }: FastifyRequest): string {
  const token = /^Join +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (token !== undefined) return token;
  throw new Refusal('unauthenticated', 'no join token came with the request', {
    help: 'Send "Authorization: Join TOKEN"; make one with: accord cluster add NAME -l KEY=VALUE',
  });
}
