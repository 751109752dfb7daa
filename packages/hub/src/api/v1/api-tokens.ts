import { randomBytes } from 'node:crypto';
import { draft, type Draft } from '@accord/core/registry/draft';
import type { ApiTokenFact } from '@accord/core/registry/facts';
import { acceptedSchema, apiTokenRequestSchema, apiTokenResponseSchema, apiTokensSchema } from '@accord/proto/api';
import { hex, sha256 } from '@accord/proto/canonical';
import { isDnsLabel } from '@accord/proto/ids';
import type * as z from 'zod';
import { readDuration } from '../read-duration.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { paramOf } from '../request-context.ts';
import { shownBefore } from './join-tokens.ts';
import { operation, type AnyOperation } from './operation.ts';

/** Who may call the API, besides the token in the data directory. */
export function apiTokenOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { projection, requests, clock } = deps;
  const { apiTokens } = projection.registry;
  return [
    operation({
      method: 'POST',
      path: '/v1/api-tokens',
      summary: 'Makes a named token with a role. The token is shown once.',
      role: 'admin',
      body: apiTokenRequestSchema,
      status: 201,
      answer: apiTokenResponseSchema,
      run: async (request, { name, role, expiresIn }) => {
        const token = `acc_${randomBytes(32).toString('base64url')}`;
        const nowMs = clock.now();
        const expiresAtMs = expiresIn === undefined ? undefined : nowMs + readDuration(expiresIn, 'expiresIn');
        const body: ApiTokenFact = {
          name,
          hash: hex(sha256(token)),
          role,
          createdAtMs: nowMs,
          ...(expiresAtMs !== undefined && { expiresAtMs }),
        };
        const { isRepeated } = await requests.store(request, () => decideCreate(deps, body));
        if (isRepeated) throw shownBefore('token', `DELETE /v1/api-tokens/${name}`);
        return { name, role, token, ...(expiresAtMs !== undefined && { expiresAt: timeOf(expiresAtMs) }) };
      },
    }),
    operation({
      method: 'GET',
      path: '/v1/api-tokens',
      summary: 'Lists the tokens by name; the tokens themselves are not kept.',
      role: 'admin',
      status: 200,
      answer: apiTokensSchema,
      run: () => ({ items: [...apiTokens.values()].map(({ body }) => tokenBody(body)).toSorted((a, b) => (a.name < b.name ? -1 : 1)) }),
    }),
    operation({
      method: 'DELETE',
      path: '/v1/api-tokens/:name',
      summary: 'Revokes a token: from the answer on it opens nothing, and its open streams end.',
      role: 'admin',
      status: 200,
      answer: acceptedSchema,
      run: async (request) => {
        const { change } = await requests.store(request, () => decideRevoke(deps, paramOf(request, 'name')));
        return { change: change ?? '' };
      },
    }),
  ];
}

function tokenBody({ name, role, createdAtMs, expiresAtMs, revokedAtMs }: ApiTokenFact): z.input<typeof apiTokensSchema>['items'][number] {
  const expiresAt = expiresAtMs === undefined ? {} : { expiresAt: timeOf(expiresAtMs) };
  return { name, role, createdAt: timeOf(createdAtMs), ...expiresAt, revoked: revokedAtMs !== undefined };
}

function decideCreate({ projection, clock }: ResourceDeps, body: ApiTokenFact): readonly Draft[] {
  if (!isDnsLabel(body.name))
    throw new Refusal('invalid', `name: "${body.name}" is no DNS label`, { help: 'Use lower-case letters, digits and "-", at most 63.' });
  if (body.expiresAtMs !== undefined && body.expiresAtMs <= body.createdAtMs)
    throw new Refusal('invalid', 'expiresIn: this is no time at all', { help: 'Write a duration such as 720h.' });
  const before = projection.registry.apiTokens.get(body.name);
  const isLive = before !== undefined && before.body.revokedAtMs === undefined && (before.body.expiresAtMs ?? Infinity) > clock.now();
  if (isLive)
    throw new Refusal('exists', `token ${body.name} exists already`, {
      help: `Choose another name, or revoke it first: DELETE /v1/api-tokens/${body.name}`,
    });
  return [draft('apitoken', body.name, 'ApiTokenCreated', body, before?.seq ?? 0, `token/${body.name}`)];
}

function decideRevoke({ projection, clock }: ResourceDeps, name: string): readonly Draft[] {
  const token = projection.registry.apiTokens.get(name);
  if (token === undefined) throw new Refusal('not-found', `there is no token "${name}"`, { help: 'See what there is: GET /v1/api-tokens' });
  if (token.body.revokedAtMs !== undefined) return [];
  return [draft('apitoken', name, 'ApiTokenRevoked', { ...token.body, revokedAtMs: clock.now() }, token.seq, `token/${name}`)];
}
