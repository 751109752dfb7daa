import type { HubEvent } from '@accord/proto/api';

/** What a watch is about. What is not given is not asked for; of a list one has to fit. */
export interface EventFilter {
  readonly policies?: readonly string[] | undefined;
  readonly clusters?: readonly string[] | undefined;
  /** Names of the clusters that a selector selects now. */
  readonly selected?: ReadonlySet<string> | undefined;
}

/** What happened in the fleet; that events were missed is no such event. */
export type ShownEvent = Exclude<HubEvent, { type: 'reset' }>;

export function isShown(event: HubEvent): event is ShownEvent {
  return event.type !== 'reset';
}

/** True where the event is about everything that is asked for: who asks for a cluster hears nothing that is about no cluster. */
export function matchesEvent(event: ShownEvent, { policies, clusters, selected }: EventFilter): boolean {
  const { policy, cluster } = subjectOf(event);
  return (
    (policies === undefined || (policy !== undefined && policies.includes(policy))) &&
    (clusters === undefined || (cluster !== undefined && clusters.includes(cluster))) &&
    (selected === undefined || (cluster !== undefined && selected.has(cluster)))
  );
}

function subjectOf(event: ShownEvent): { readonly policy?: string; readonly cluster?: string } {
  switch (event.type) {
    case 'change': {
      const [kind, name = ''] = event.object.split('/');
      return kind === 'policy' ? { policy: name } : kind === 'cluster' ? { cluster: name } : {};
    }
    case 'row':
      return { policy: event.row.policy, cluster: event.row.cluster };
    case 'heal':
      return { policy: event.policy, cluster: event.cluster };
    case 'policy':
      return { policy: event.name };
    case 'cluster':
      return { cluster: event.name };
  }
}
