import { randomBytes } from 'node:crypto';
import { highestRole } from '@accord/core/access/access';
import { selectorFaults } from '@accord/core/labels/selector-faults';
import { draft, type Draft } from '@accord/core/registry/draft';
import type { ApiTokenFact } from '@accord/core/registry/facts';
import type { AccessBinding, Role } from '@accord/proto/access';
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
      summary: 'Makes a named token with a role, or with bindings. The token is shown once.',
      role: 'admin',
      body: apiTokenRequestSchema,
      status: 201,
      answer: apiTokenResponseSchema,
      run: async (request, { name, role, bindings, expiresIn }) => {
        requireOneGrant(role, bindings);
        const token = `acc_${randomBytes(32).toString('base64url')}`;
        const nowMs = clock.now();
        const expiresAtMs = expiresIn === undefined ? undefined : nowMs + readDuration(expiresIn, 'expiresIn');
        const body: ApiTokenFact = {
          name,
          hash: hex(sha256(token)),
          role: role ?? 'viewer',
          ...(bindings !== undefined && { bindings }),
          createdAtMs: nowMs,
          ...(expiresAtMs !== undefined && { expiresAtMs }),
        };
        const { isRepeated } = await requests.store(request, () => decideCreate(deps, body));
        if (isRepeated) throw shownBefore('token', `DELETE /v1/api-tokens/${name}`);
        return { name, ...grantedOf(body), token, ...(expiresAtMs !== undefined && { expiresAt: timeOf(expiresAtMs) }) };
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

type Granted = Pick<z.input<typeof apiTokenResponseSchema>, 'role' | 'bindings'>;

function grantedOf({ role, bindings }: ApiTokenFact): Granted {
  if (bindings === undefined) return { role };
  return { role: highestRole({ whole: undefined, bindings }) ?? role, bindings: [...bindings] };
}

/** Rejects with `invalid`: a role or bindings, and selectors that Kubernetes would read. */
function requireOneGrant(role: Role | undefined, bindings: readonly AccessBinding[] | undefined): void {
  if ((role === undefined) === (bindings === undefined))
    throw new Refusal('invalid', 'role, bindings: one of the two is needed', {
      help: 'A role is for the whole fleet; each binding has one of its own.',
    });
  const faults = (bindings ?? []).flatMap(({ clusters }, index) => selectorFaults(clusters, `bindings[${index}].clusters`));
  if (faults.length > 0)
    throw new Refusal('invalid', 'the bindings select clusters by what is no label', { faults, help: 'Correct the selectors.' });
}

function tokenBody(body: ApiTokenFact): z.input<typeof apiTokensSchema>['items'][number] {
  const { name, createdAtMs, expiresAtMs, revokedAtMs } = body;
  const expiresAt = expiresAtMs === undefined ? {} : { expiresAt: timeOf(expiresAtMs) };
  return { name, ...grantedOf(body), createdAt: timeOf(createdAtMs), ...expiresAt, revoked: revokedAtMs !== undefined };
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
