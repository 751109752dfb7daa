import { otlpTraces } from '@accord/core/history/otlp-json';
import { traceOf } from '@accord/core/history/spans-of';
import { otlpTracesSchema } from '@accord/proto/api-history';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { spansOfChange } from '../../history/past-traces.ts';
import type { PastChange } from '../../history/past-changes.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';
import { requirePastChange } from './unknown-past.ts';

type OtlpTraces = z.input<typeof otlpTracesSchema>;

/** The spans of one change, as they are exported. */
export function changeTraceOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const described = { method: 'GET', role: 'viewer', scope: 'limited', status: 200, answer: otlpTracesSchema } as const;
  const summary = 'One change as spans (OTLP JSON), with the ids that they have where they are exported.';
  return [
    operation({
      ...described,
      path: '/v1/changes/:id/trace',
      summary,
      run: (request) => traceChange(deps, request, paramOf(request, 'id')),
    }),
    operation({
      ...described,
      // A change of a cluster is called cluster/NAME@REVISION.
      path: '/v1/changes/:kind/:id/trace',
      summary: `${summary} For ids with a slash.`,
      run: (request) => traceChange(deps, request, `${paramOf(request, 'kind')}/${paramOf(request, 'id')}`),
    }),
  ];
}

/** Where its trace is looked at; undefined when nobody said where. */
export function traceUrlOf({ tracing }: Pick<ResourceDeps, 'tracing'>, change: PastChange): string | undefined {
  return tracing.linkTo(traceOf(change).traceId);
}

function traceChange({ past, views, tracing }: ResourceDeps, request: FastifyRequest, id: string): OtlpTraces {
  const database = past.read();
  const { past: seen } = views.of(request);
  const change = requirePastChange(database, seen, id);
  const isWanted = (cluster: string): boolean => seen.object('cluster', cluster) && seen.row(change.object, cluster);
  return otlpTraces(spansOfChange(database, { change, moments: tracing.moments.of(id), isWanted }), tracing.resource);
}
