import { randomBytes } from 'node:crypto';
import { decideInvite } from '@accord/core/cluster/decide-cluster';
import { draft, type Draft } from '@accord/core/registry/draft';
import type { JoinTokenFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { acceptedSchema, joinTokenRequestSchema, joinTokenResponseSchema, joinTokensSchema } from '@accord/proto/api';
import { tokenHash } from '@accord/proto/join';
import { readDuration } from '../read-duration.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { readClusterSpec } from '../kube/write-cluster.ts';
import { Refusal } from '../refusal.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

/** Invitations of clusters: one token, one name, once. */
export function joinTokenOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { projection, requests, clock, hubKey } = deps;
  const { tokens } = projection.registry;
  return [
    operation({
      method: 'POST',
      path: '/v1/join-tokens',
      summary: 'Takes a name for a cluster and makes the token with which it joins. The token is shown once.',
      role: 'admin',
      body: joinTokenRequestSchema,
      status: 201,
      answer: joinTokenResponseSchema,
      run: async (request, { cluster, labels, spec, mode, expiresIn }) => {
        const token = randomBytes(32).toString('base64url');
        const nowMs = clock.now();
        const expiresInMs = readDuration(expiresIn, 'expiresIn');
        const { spec: filled } = readClusterSpec({ ...spec, ...(mode !== undefined && { mode }) }, cluster);
        const { isRepeated } = await requests.store(request, () =>
          decideInvite(projection.registry, { cluster, labels, spec: filled, tokenHash: tokenHash(token), nowMs, expiresInMs }),
        );
        if (isRepeated) throw shownBefore('join token', `DELETE /v1/join-tokens/${cluster}`);
        return { token, cluster, expiresAt: timeOf(nowMs + expiresInMs), hubKey };
      },
    }),
    operation({
      method: 'GET',
      path: '/v1/join-tokens',
      summary: 'Lists the invitations; the tokens themselves are not kept.',
      role: 'admin',
      status: 200,
      answer: joinTokensSchema,
      run: () => ({
        items: [...tokens.values()].map((token) => tokenBody(deps, token)).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)),
      }),
    }),
    operation({
      method: 'DELETE',
      path: '/v1/join-tokens/:token',
      summary: 'Ends an open invitation, named by the hash of its token or by the cluster.',
      role: 'admin',
      status: 200,
      answer: acceptedSchema,
      run: async (request) => {
        const { change } = await requests.store(request, () => decideUninvite(deps, paramOf(request, 'token')));
        return { change: change ?? '' };
      },
    }),
  ];
}

/** A token is shown once, so a repeated request cannot be answered like the first. */
export function shownBefore(what: string, undo: string): Refusal {
  return new Refusal('conflict', `this request made a ${what} before, and it was shown then`, {
    help: `If the answer was lost, end it (${undo}) and ask again with a new Idempotency-Key.`,
  });
}

function decideUninvite({ projection, clock }: ResourceDeps, name: string): readonly Draft[] {
  const nowMs = clock.now();
  const named = [...projection.registry.tokens.values()].filter(({ body }) => body.hash === name || body.cluster === name);
  const token = named.find(({ body }) => stateOf(body, nowMs) === 'Open');
  if (token !== undefined) {
    return [
      draft(
        'token',
        token.body.hash,
        'JoinTokenDeleted',
        { ...token.body, deletedAtMs: nowMs },
        token.seq,
        `cluster/${token.body.cluster}@invited`,
      ),
    ];
  }
  if (named.length === 0)
    throw new Refusal('not-found', `there is no invitation "${name}"`, { help: 'See what there is: GET /v1/join-tokens' });
  return [];
}

function tokenBody(
  { clock, history }: ResourceDeps,
  { body, actor }: Recorded<JoinTokenFact>,
): (typeof joinTokensSchema)['_output']['items'][number] {
  const { hash, cluster, labels, createdAtMs, expiresAtMs } = body;
  const createdBy = history.actorOf('JoinTokenCreated', `token.${hash}`) ?? actor;
  return {
    hash,
    cluster,
    labels,
    state: stateOf(body, clock.now()),
    createdAt: timeOf(createdAtMs),
    expiresAt: timeOf(expiresAtMs),
    createdBy,
  };
}

function stateOf({ consumed, deletedAtMs, expiresAtMs }: JoinTokenFact, nowMs: number): 'Open' | 'Used' | 'Expired' | 'Deleted' {
  if (deletedAtMs !== undefined) return 'Deleted';
  if (consumed !== undefined) return 'Used';
  return nowMs >= expiresAtMs ? 'Expired' : 'Open';
}
