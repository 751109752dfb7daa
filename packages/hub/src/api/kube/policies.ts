import { livePolicy } from '@accord/core/registry/registry';
import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import type { PolicyFact } from '@accord/core/registry/facts';
import type { Draft } from '@accord/core/registry/draft';
import type { PolicyName } from '@accord/proto/ids';
import { apiVersion, policyKind, type KubeObject } from '@accord/proto/kube-api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nameChange, warn } from '../accepted.ts';
import { readBody, readOptionalBody } from '../read-body.ts';
import { requirePolicyName } from '../admit.ts';
import { callerOf, paramOf } from '../request-context.ts';
import type { View } from '../views.ts';
import { policyObject } from './policy-object.ts';
import type { Seen } from './require-seen.ts';
import { answerWrite, isDryRun, notFound, registerReads, registerWrites, type KindWrites, type ResourceDeps } from './resources.ts';
import { decideRemovePolicy, decideWritePolicy, patchablePolicy } from './write-policy.ts';

/** `clusterpolicies`: read and written by people, kubectl and GitOps tools. */
export function registerPolicies(app: FastifyInstance, deps: ResourceDeps): void {
  const { declaredLabels } = deps;
  const { registry } = deps.projection;
  const base = `/apis/${apiVersion}/${policyKind.plural}`;
  const writes: KindWrites = {
    put: (input, pathName, fresh) =>
      decideWritePolicy(registry, input, { ...fresh, declaredLabels, ...(pathName !== undefined && { pathName }) }),
    patchable: (name) => patchablePolicy(registry, name),
    isThere: (name) => livePolicy(registry, name) !== undefined,
    preview: (draft, view) => previewPolicy(deps, draft, view),
  };
  registerReads(app, deps, policyKind);
  registerWrites(app, deps, policyKind, writes);
  app.post(base, { config: { role: 'operator', scope: 'limited' } }, (request, reply) => {
    const input = readBody(request.body, request.headers['content-type']);
    requirePolicyName(callerOf(request), 'operator', nameIn(input));
    return answerWrite({ deps, kind: policyKind, writes, request, reply }, nameIn(input), (fresh) =>
      decideWritePolicy(registry, input, { ...fresh, declaredLabels, mustBeNew: true }),
    );
  });
  app.delete(`${base}/:name`, { config: { role: 'operator', scope: 'policy' } }, (request, reply) => remove(deps, request, reply));
}

/** 202 with the object while clusters still remove, else what kubectl takes for done. */
async function remove(deps: ResourceDeps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { views, projection, requests, clock, waits } = deps;
  const name = paramOf(request, 'name');
  const feed = views.of(request).feeds.ClusterPolicy;
  const before = feed.get(name);
  if (before === undefined) throw notFound(policyKind, name);
  const seen = preconditionsOf(readOptionalBody(request.body, request.headers['content-type']));
  if (isDryRun(request)) {
    requests.require(request, decideRemovePolicy(projection.registry, name, seen, clock.now()));
    return before;
  }
  const { change } = await requests.store(request, () => decideRemovePolicy(projection.registry, name, seen, clock.now()));
  if (change !== undefined) nameChange(reply, change);
  const open = await waits.wait(request, policyKind, name);
  const object = feed.get(name);
  if (object === undefined) return removed(before);
  warn(reply, open ?? []);
  return reply.status(202).send(object);
}

function removed({ metadata: { name, uid } }: KubeObject): unknown {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, group: 'accord.dev', kind: policyKind.plural, uid },
    code: 200,
  };
}

/** Of metav1.DeleteOptions; the rest of it has no meaning here. */
function preconditionsOf(options: unknown): Seen {
  const { preconditions = {} } = (options ?? {}) as {
    readonly preconditions?: { readonly uid?: unknown; readonly resourceVersion?: unknown };
  };
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return { uid: text(preconditions?.uid), resourceVersion: text(preconditions?.resourceVersion) };
}

function previewPolicy({ clock }: ResourceDeps, draft: Draft, { projection, feeds }: View): KubeObject {
  const body = draft.body as PolicyFact;
  const current = projection.registry.policies.get(body.name);
  const recorded = {
    body,
    seq: draft.expectSeq,
    digest: new Uint8Array(),
    atMs: clock.now(),
    actor: '',
    change: { id: draft.change, traceparent: '' },
  };
  const before = feeds.ClusterPolicy.get(body.name);
  const object = policyObject(recorded, rowsOfPolicy(projection, recorded), before, clock.now());
  const resourceVersion = current === undefined ? '' : (before?.metadata.resourceVersion ?? '');
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

/** The name of a posted object, for the answer; that there is one is checked when it is read. */
function nameIn(input: unknown): PolicyName {
  const { metadata } = (input ?? {}) as { readonly metadata?: { readonly name?: unknown } };
  return String(metadata?.name ?? '') as PolicyName;
}
