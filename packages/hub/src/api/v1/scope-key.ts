import { decideScopeNoted } from '@accord/core/cluster/decide-scope';
import { scopeKeySchema, scopeRotationRequestSchema } from '@accord/proto/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nameChange } from '../accepted.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { operation, type AnyOperation } from './operation.ts';

const path = '/v1/keys/spokes-scope';
const namedMax = 5;

/** The key that signs the tokens of all spokes: a second one is added, everybody renews, and the first one is taken out. */
export function scopeKeyOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { scope } = deps;
  return [
    operation({
      method: 'GET',
      path,
      summary: 'The key that signs tokens of spokes, and who still uses a token of the old one while it is replaced.',
      role: 'admin',
      status: 200,
      answer: scopeKeySchema,
      run: () => shown(deps),
    }),
    operation({
      method: 'POST',
      path: `${path}/rotate`,
      summary: 'Adds a second key that signs tokens of spokes, and has every cluster renew. With finish it takes the first one out.',
      role: 'admin',
      body: scopeRotationRequestSchema,
      status: 200,
      answer: scopeKeySchema,
      run: async (request, { finish, force }, reply) => {
        if (finish) requireFinishable(deps, force);
        const isNew = !finish && scope.next === undefined;
        await (finish ? scope.finish() : scope.begin());
        await note(deps, request, reply);
        if (isNew) scope.renewAll();
        return shown(deps);
      },
    }),
  ];
}

function shown({ scope, projection }: ResourceDeps) {
  const { current, next } = scope;
  const waiting = next === undefined ? [] : scope.waiting().map((id) => projection.registry.clusters.get(id)?.body.name ?? id);
  return { current, ...(next !== undefined && { next }), waiting };
}

function requireFinishable(deps: ResourceDeps, force: boolean): void {
  const { next, waiting } = shown(deps);
  if (next === undefined)
    throw new Refusal('conflict', 'no second key was added', { help: 'Add it first: accord keys rotate spokes-scope' });
  if (waiting.length === 0 || force) return;
  const more = waiting.length > namedMax ? ` and ${waiting.length - namedMax} more` : '';
  throw new Refusal('conflict', `tokens of the old key are in use: ${waiting.slice(0, namedMax).join(', ')}${more}`, {
    help: 'Wait until there are none: accord keys show. After a theft do not: accord keys rotate spokes-scope --finish --force',
  });
}

/** After it is done, so that the audit says what is; the same call again writes what a crash kept from being written. */
async function note({ requests, projection, scope }: ResourceDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { change } = await requests.store(request, () => decideScopeNoted(projection.registry, scope.next));
  if (change !== undefined) nameChange(reply, change);
}
