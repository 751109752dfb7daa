import { randomBytes } from 'node:crypto';
import { fingerprintOf } from '@accord/core/cluster/decide-approval';
import { decideInvite } from '@accord/core/cluster/decide-invite';
import { isOpenToken, tokenState } from '@accord/core/cluster/token-state';
import { draft, type Draft } from '@accord/core/registry/draft';
import type { JoinTokenFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { acceptedSchema } from '@accord/proto/api';
import { newClusterMode } from '@accord/proto/cluster';
import { joinTokenRequestSchema, joinTokenResponseSchema, joinTokensSchema } from '@accord/proto/join-api';
import { tokenHash } from '@accord/proto/join';
import { readDuration } from '../read-duration.ts';
import { actorOfFact } from '../../history/past-objects.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { readClusterSpec } from '../kube/write-cluster.ts';
import { Refusal } from '../refusal.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

/** Invitations of clusters: one token, one name, once. */
export function joinTokenOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { projection, requests, clock, hubKey, installation } = deps;
  const { tokens } = projection.registry;
  return [
    operation({
      method: 'POST',
      path: '/v1/join-tokens',
      summary: 'Takes a name for a cluster and makes the token with which it joins. The token is shown once.',
      role: 'admin',
      body: joinTokenRequestSchema,
      status: 201,
      refuses: [404],
      answer: joinTokenResponseSchema,
      run: async (request, { cluster, labels, spec, mode, expiresIn, approval, replace }) => {
        if (replace && (Object.keys(labels).length > 0 || spec !== undefined || mode !== undefined)) throw keepsWhatItHas(cluster);
        const token = randomBytes(32).toString('base64url');
        const nowMs = clock.now();
        const expiresInMs = readDuration(expiresIn, 'expiresIn');
        const { spec: filled } = readClusterSpec(
          { ...spec, ...(mode !== undefined && { mode }) },
          { name: cluster, modeOtherwise: newClusterMode },
        );
        const { isRepeated } = await requests.store(request, () =>
          decideInvite(projection.registry, {
            ...{ cluster, labels, spec: filled, tokenHash: tokenHash(token), nowMs, expiresInMs },
            ...{ isApproved: approval, isReplaced: replace },
          }),
        );
        if (isRepeated) throw shownBefore('join token', `DELETE /v1/join-tokens/${cluster}`);
        return { token, cluster, expiresAt: timeOf(nowMs + expiresInMs), hubKey: hubKey(), ...installation };
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
      summary: 'Ends an open invitation or join rule, named by the hash of its token, or by the cluster or rule.',
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
  const token = named.find(({ body }) => isOpenToken(body, nowMs));
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
  { clock, past }: ResourceDeps,
  { body, actor }: Recorded<JoinTokenFact>,
): (typeof joinTokensSchema)['_output']['items'][number] {
  const { hash, cluster, labels, createdAtMs, expiresAtMs, replace, rule, approval } = body;
  const createdBy = actorOfFact(past.read(), rule === undefined ? 'JoinTokenCreated' : 'JoinRuleCreated', hash) ?? actor;
  const { asked } = approval ?? {};
  return {
    hash,
    cluster,
    labels,
    state: tokenState(body, clock.now()),
    createdAt: timeOf(createdAtMs),
    expiresAt: timeOf(expiresAtMs),
    createdBy,
    ...(asked !== undefined && {
      asked: {
        fingerprint: fingerprintOf(asked.publicKey),
        kubernetesVersion: asked.facts.kubernetesVersion,
        platform: asked.facts.platform,
        at: timeOf(asked.atMs),
      },
    }),
    ...(replace === true && { replace }),
    ...(rule !== undefined && {
      rule: { namePattern: rule.namePattern, maxJoins: rule.joinsMax, joined: rule.joined.map((joined) => joined.cluster) },
    }),
  };
}

function keepsWhatItHas(cluster: string): Refusal {
  return new Refusal('invalid', `cluster ${cluster} keeps its labels, mode and spec when it joins again`, {
    help: `Leave them out, and change them afterwards: accord cluster label ${cluster} KEY=VALUE`,
  });
}
