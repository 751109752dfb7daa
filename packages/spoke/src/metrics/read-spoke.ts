import { states } from '@accord/core/status/states';
import { programVersion } from '@accord/proto/version';
import type { Clock } from '@accord/runtime/clock';
import { read, type Reading } from '@accord/runtime/metrics/metric';
import { readProcess } from '@accord/runtime/processes/process-readings';
import { loopsOf, type SpokeParts } from '../spoke-parts.ts';
import { spokeMetrics } from './spoke-metrics.ts';

/** How a spoke is. Before its parts are built it waits for a lease, a hub or an API server, and has nothing else to tell. */
export function readSpoke(
  parts: SpokeParts | undefined,
  { hasLeft, clock }: { readonly hasLeft: boolean; readonly clock: Clock },
): readonly Reading[] {
  return [
    read(spokeMetrics.build, 1, { version: programVersion }),
    read(spokeMetrics.left, Number(hasLeft)),
    read(spokeMetrics.connected, Number(parts?.login.isConnected === true)),
    ...(parts === undefined ? [] : readParts(parts, clock)),
    ...readProcess(),
  ];
}

function readParts(parts: SpokeParts, clock: Clock): readonly Reading[] {
  const { inbox, owned, outbox, lease, membership } = parts;
  const reports = [...outbox.reports()];
  const sum = (count: (report: (typeof reports)[number]) => number): number => reports.reduce((all, report) => all + count(report), 0);
  return [
    read(spokeMetrics.caughtUp, Number(inbox.isCaughtUp())),
    read(spokeMetrics.leads, Number(lease.isHeld())),
    ...Object.keys(states).map((state) =>
      read(
        spokeMetrics.policies,
        sum((report) => Number(report.state === state)),
        { state },
      ),
    ),
    read(
      spokeMetrics.objects,
      sum(({ desired }) => desired),
      { state: 'desired' },
    ),
    read(
      spokeMetrics.objects,
      sum(({ applied }) => applied),
      { state: 'applied' },
    ),
    read(
      spokeMetrics.objects,
      sum(({ held }) => held),
      { state: 'held' },
    ),
    read(spokeMetrics.owned, owned.size),
    read(spokeMetrics.drifts, owned.driftsOpen),
    read(spokeMetrics.fights, owned.fights),
    read(spokeMetrics.waiting, outbox.waiting),
    read(spokeMetrics.dropped, outbox.dropped),
    ...loopsOf(parts).map(({ name, waiting }) => read(spokeMetrics.loopWaiting, waiting, { loop: name })),
    read(spokeMetrics.tokenExpiry, membership.claims().exp - clock.now() / 1_000),
  ];
}
