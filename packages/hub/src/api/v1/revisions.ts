import { diffJson } from '@accord/core/history/diff-json';
import { revisionBodySchema, revisionDiffSchema, revisionsSchema } from '@accord/proto/api-history';
import type { JsonObject } from '@accord/proto/canonical';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Database } from '../../history/database.ts';
import { revisionOf, type PastFact } from '../../history/past-objects.ts';
import type { PolicyFact } from '@accord/core/registry/facts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { paramOf, queryOf } from '../request-context.ts';
import type { SeenPast } from '../seen-past.ts';
import { operation, type AnyOperation } from './operation.ts';
import { requirePastPolicy } from './unknown-past.ts';

/** What a policy said before; also of one that is deleted. To go back is an ordinary write. */
export function revisionOperations({ past, views }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/policies/:name/revisions',
      summary: 'Every revision of a policy, newest first: when, by whom and why.',
      role: 'viewer',
      scope: 'limited',
      status: 200,
      answer: revisionsSchema,
      run: (request) => {
        const name = paramOf(request, 'name');
        const revisions = requirePastPolicy(past.read(), views.of(request).past, name);
        return { items: revisions.map(({ atMs, seq: _seq, ...revision }) => ({ policy: name, at: timeOf(atMs), ...revision })) };
      },
    }),
    operation({
      method: 'GET',
      path: '/v1/policies/:name/revisions/:revision',
      summary: 'One revision of a policy with what it said.',
      role: 'viewer',
      scope: 'limited',
      status: 200,
      answer: revisionBodySchema,
      run: (request) =>
        revisionBody(requireRevision(past.read(), views.of(request).past, [paramOf(request, 'name'), paramOf(request, 'revision')])),
    }),
    operation({
      method: 'GET',
      path: '/v1/policies/:name/diff',
      summary: 'What differs between two revisions of a policy.',
      role: 'viewer',
      scope: 'limited',
      query: { from: 'A revision.', to: 'Another one.' },
      status: 200,
      answer: revisionDiffSchema,
      run: (request) => {
        const name = paramOf(request, 'name');
        const [from, to] = ['from', 'to'].map((which) =>
          requireRevision(past.read(), views.of(request).past, [name, requiredQuery(request, which)]),
        );
        const differences = diffJson(contentOf(from), contentOf(to));
        return { policy: name, from: from?.body.revision ?? 0, to: to?.body.revision ?? 0, differences: [...differences] };
      },
    }),
  ];
}

function requireRevision(
  database: Database,
  seen: SeenPast,
  [name, text]: readonly [policy: string, revision: string],
): PastFact<PolicyFact> {
  const revisions = requirePastPolicy(database, seen, name);
  const found = /^\d{1,9}$/.test(text) ? revisionOf(database, name, Number(text)) : undefined;
  if (found !== undefined) return found;
  throw new Refusal('not-found', `${name} has no revision ${text}`, {
    help: `It has ${revisions.at(-1)?.revision ?? 0} to ${revisions[0]?.revision ?? 0}; see: accord get revisions ${name}`,
  });
}

function requiredQuery(request: FastifyRequest, name: string): string {
  const text = queryOf(request, name);
  if (text !== undefined && text !== '') return text;
  throw new Refusal('invalid', `query parameter ${name} is missing`, { status: 400, help: 'Name two revisions: ?from=1&to=2' });
}

function revisionBody({ body, atMs, type, change, actor, reason, source }: PastFact<PolicyFact>): z.input<typeof revisionBodySchema> {
  return {
    ...{ policy: body.name, revision: body.revision, type, change, at: timeOf(atMs), actor, reason, source },
    ...{ deleted: body.deletedAtMs !== undefined, labels: body.meta.labels, annotations: body.meta.annotations },
    spec: body.spec,
  };
}

/** Of a revision that is the end of its policy nothing is left to compare. */
function contentOf(fact: PastFact<PolicyFact> | undefined): JsonObject | undefined {
  if (fact === undefined || fact.body.deletedAtMs !== undefined) return undefined;
  const { meta, spec } = fact.body;
  return { labels: meta.labels, annotations: meta.annotations, spec: spec as unknown as JsonObject };
}
