/** How an accepted write is answered: with its name, where it can be followed, and when it is asked for, after it took effect. */
import { clusterByName } from '@accord/core/registry/registry';
import { rowsOfCluster, rowsOfPolicy, type PolicyRow, type RowSources } from '@accord/core/status/policy-rows';
import type { PolicyName } from '@accord/proto/ids';
import type { Kind } from '@accord/proto/kube-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { readDuration } from './read-duration.ts';
import { Refusal } from './refusal.ts';
import { callerOf, queryOf } from './request-context.ts';
import { OpenLimit } from './open-limit.ts';
import type { Views } from './views.ts';
import { waitApplied } from './wait-applied.ts';

const waitMsMax = 600_000;
/** Open waits of one caller. */
const waitsMax = 50;

/** Names the change of a write in the headers of its answer, and where it can be followed. */
export function nameChange(reply: FastifyReply, change: string): void {
  void reply.header('accord-change', change).header('location', `/v1/changes/${encodeURIComponent(change)}`);
}

/** Warnings as kubectl shows them. Source: RFC 9111, section 5.5, code 299. */
export function warn(reply: FastifyReply, warnings: readonly string[]): void {
  if (warnings.length === 0) return;
  void reply.header(
    'warning',
    warnings.slice(0, 16).map((text) => `299 - "${quotable(text)}"`),
  );
}

function quotable(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return printable.slice(0, 500).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

type WaitDeps = Pick<ApiDeps, 'projection' | 'clock' | 'signal'> & { readonly views: Views };

/** Waits for what was written to take effect. */
export class Waits {
  readonly #deps: WaitDeps;
  readonly #limit = new OpenLimit(waitsMax, 'open waits', 'Write without wait=applied and watch instead.');

  constructor(deps: WaitDeps) {
    this.#deps = deps;
  }

  /** With `wait=applied`: what is still open when the time is over. Undefined when the caller does not wait. */
  async wait(request: FastifyRequest, kind: Kind, name: string): Promise<readonly string[] | undefined> {
    const asked = queryOf(request, 'wait');
    if (asked === undefined) return undefined;
    if (asked !== 'applied') throw new Refusal('invalid', `wait=${asked} is not known`, { status: 400, help: 'Write wait=applied.' });
    const timeoutMs = readDuration(queryOf(request, 'timeout') ?? '30s', 'timeout');
    if (timeoutMs > waitMsMax)
      throw new Refusal('invalid', 'timeout: more than 10m', { status: 400, help: 'Wait for at most 10m, and ask again.' });
    const { actor } = callerOf(request);
    const leave = this.#limit.enter(actor);
    const { projection } = this.#deps.views.of(request);
    try {
      return await waitApplied({ ...this.#deps, timeoutMs, open: () => unsettled(projection, kind, name) }, this.#deps.signal);
    } finally {
      leave();
    }
  }
}

function unsettled(sources: RowSources, kind: Kind, name: string): readonly string[] {
  return rowsOf(sources, kind, name)
    .filter((row) => !isSettled(row))
    .map(({ sentence }) => sentence);
}

function rowsOf(sources: RowSources, kind: Kind, name: string): readonly PolicyRow[] {
  if (kind.kind === 'ClusterPolicy') {
    const policy = sources.registry.policies.get(name as PolicyName);
    return policy === undefined ? [] : rowsOfPolicy(sources, policy);
  }
  const cluster = clusterByName(sources.registry, name);
  return cluster === undefined ? [] : rowsOfCluster(sources, cluster.body.id);
}

/** A row whose cluster was not selected is settled by not being there. */
function isSettled({ selected, state, connection, reportedRevision, revision }: PolicyRow): boolean {
  return selected && (state === 'Applied' || state === 'Shadowed') && connection !== 'offline' && reportedRevision >= revision;
}
