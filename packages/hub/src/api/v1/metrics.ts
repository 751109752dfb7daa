import { nearlyFullPercent } from '@accord/core/usage/quota-usage';
import { programVersion } from '@accord/proto/version';
import type { FastifyInstance } from 'fastify';
import type { ResourceDeps } from '../kube/resources.ts';
import { LoopDelay } from '../loop-delay.ts';
import { fleetOf } from './fleet.ts';

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

/** `GET /metrics`, in the text format of Prometheus 0.0.4. */
export function registerMetrics(app: FastifyInstance, deps: ResourceDeps): void {
  const delay = new LoopDelay(deps.clock);
  void delay.run(deps.signal);
  const healed = countHeals(deps);
  app.get('/metrics', { config: { role: 'viewer' } }, (_request, reply) => {
    const loop: Metric = {
      name: 'accord_event_loop_delay_seconds',
      type: 'gauge',
      help: 'Delay of the event loop since the last scrape.',
      samples: delay.take().map(({ quantile, ms }) => [{ quantile }, ms / 1_000]),
    };
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send([...metricsOf(deps, healed()), loop].map(render).join(''));
  });
}

/** The kept heals are bounded, so they are counted as they come. */
function countHeals({ projection, signal }: ResourceDeps): () => number {
  let heals = projection.reported.heals.length;
  projection.onNotice((notice) => void (heals += notice.type === 'heal' ? 1 : 0), signal);
  return () => heals;
}

function metricsOf(deps: ResourceDeps, heals: number): readonly Metric[] {
  const { clusters, policies, rows } = fleetOf(deps);
  const { registry } = deps.projection;
  const { live, offline, unknown, behind } = clusters;
  const one = (name: string, help: string, value: number, type: Metric['type'] = 'gauge'): Metric => ({
    name,
    type,
    help,
    samples: [[{}, value]],
  });
  const perState = (name: string, help: string, counts: Readonly<Record<string, number>>): Metric => ({
    name,
    type: 'gauge',
    help,
    samples: Object.entries(counts).map(([state, value]) => [{ state }, value]),
  });
  return [
    { name: 'accord_build_info', type: 'gauge', help: 'Version of the hub.', samples: [[{ version: programVersion }, 1]] },
    perState('accord_policy_rows', 'Policies on clusters by state; a row that is offline or behind is counted as that.', rows),
    perState('accord_clusters', 'Clusters by connection.', { live, offline, unknown }),
    one('accord_clusters_behind', 'Clusters that do not have everything that was published for them.', behind),
    one('accord_policies', 'Policies.', policies),
    one('accord_intent_sequence', 'Sequence of the last fact that was folded.', registry.seq),
    one('accord_epoch', 'Epoch of desired state.', registry.epoch?.body.epoch ?? 0),
    one('accord_heals_total', 'Edits that spokes undid, as far as they were heard of since the start.', heals, 'counter'),
    one('accord_facts_refused_total', 'Facts on the bus that no hub of ours signed.', deps.intent.refused, 'counter'),
    {
      name: 'accord_messages_refused_total',
      type: 'counter',
      help: 'Messages of clusters that could not be believed.',
      samples: [...deps.garbage].map(([id, value]) => [{ cluster: registry.clusters.get(id as never)?.body.name ?? id }, value]),
    },
    quotaUse(deps),
  ];
}

/** Only of those that fill up: every quota of a large fleet would be more series than a scrape should have. */
function quotaUse({ projection }: ResourceDeps): Metric {
  const { registry, reported } = projection;
  const full = [...registry.clusters.values()].flatMap(({ body: { id, name } }) =>
    (reported.clusters.get(id)?.usage ?? []).filter(({ percent }) => percent >= nearlyFullPercent).map((usage) => ({ name, ...usage })),
  );
  return {
    name: 'accord_quota_used_ratio',
    type: 'gauge',
    help: `What is used of quotas of policies, from ${nearlyFullPercent / 100} on.`,
    samples: full.map(({ name: cluster, namespace, quota, resource, percent }) => [{ cluster, namespace, quota, resource }, percent / 100]),
  };
}

function render({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
