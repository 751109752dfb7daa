import { decideHubKeyNoted } from '@accord/core/cluster/decide-hub-key';
import { hubKeys, hubKeySchema, keyRotationRequestSchema, type HubKey } from '@accord/proto/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nameChange } from '../accepted.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { operation, type AnyOperation } from './operation.ts';

const namedMax = 5;

/** Keys that are replaced while the hub runs: a second one is added, everybody comes to use it, and the first one is taken out. */
export function hubKeyOperations(deps: ResourceDeps): readonly AnyOperation[] {
  return hubKeys.flatMap((name) => operationsOf(deps, name));
}

function operationsOf(deps: ResourceDeps, name: HubKey): readonly AnyOperation[] {
  const path = `/v1/keys/${name}`;
  const key = deps.keys[name];
  return [
    operation({
      method: 'GET',
      path,
      summary: `The key ${name} of the hub, and who has not renewed yet while it is replaced.`,
      role: 'admin',
      status: 200,
      answer: hubKeySchema,
      run: () => shown(deps, name),
    }),
    operation({
      method: 'POST',
      path: `${path}/rotate`,
      summary: `Adds a second key ${name} and has everybody use it. With finish it takes the first one out.`,
      role: 'admin',
      body: keyRotationRequestSchema,
      status: 200,
      answer: hubKeySchema,
      run: async (request, { finish, force }, reply) => {
        if (finish) requireFinishable(deps, name, force);
        const isNew = !finish && key.next === undefined;
        await (finish ? key.finish() : key.begin());
        await note(deps, name, request, reply);
        if (isNew) key.renewAll();
        return shown(deps, name);
      },
    }),
  ];
}

function shown({ keys, projection }: ResourceDeps, name: HubKey) {
  const { current, next, before } = keys[name];
  const waiting = next === undefined ? [] : keys[name].waiting().map((id) => projection.registry.clusters.get(id)?.body.name ?? id);
  return { current, ...(next !== undefined && { next }), ...(before !== undefined && { before }), waiting };
}

function requireFinishable(deps: ResourceDeps, name: HubKey, force: boolean): void {
  const { next, waiting } = shown(deps, name);
  if (next === undefined) throw new Refusal('conflict', 'no second key was added', { help: `Add it first: accord keys rotate ${name}` });
  // A cluster that does not know the next key would believe nothing any more, and would not notice for hours.
  if (force && name === 'desired')
    throw new Refusal('conflict', 'clusters must know this key before it signs', { help: 'After a theft see docs/runbooks/key-theft.md' });
  if (waiting.length === 0 || force) return;
  const more = waiting.length > namedMax ? ` and ${waiting.length - namedMax} more` : '';
  throw new Refusal('conflict', `not everybody has renewed since it was added: ${waiting.slice(0, namedMax).join(', ')}${more}`, {
    help: 'Wait until there are none: accord keys show',
  });
}

/** After it is done, so that the audit says what is; the same call again writes what a crash kept from being written. */
async function note(
  { requests, projection, keys }: ResourceDeps,
  name: HubKey,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { change } = await requests.store(request, () => decideHubKeyNoted(projection.registry, name, keys[name].next));
  if (change !== undefined) nameChange(reply, change);
}
