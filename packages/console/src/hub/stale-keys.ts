import type { HubEvent } from '@accord/proto/api';

/** The first words of a query key: what is read anew together. */
export type StaleKey =
  | readonly []
  | readonly [part: 'fleet' | 'clusters' | 'policies' | 'changes' | 'drift' | 'holds' | 'access']
  | readonly [part: 'cluster' | 'policy', name: string];

/** What an event says is older than the hub's own view. */
export function staleKeys(event: HubEvent): readonly StaleKey[] {
  switch (event.type) {
    // Not who may what: it is worked out anew over the whole fleet, and rows come by the thousand.
    case 'row':
      return [['fleet'], ['clusters'], ['policies'], ['changes'], ['policy', event.row.policy], ['cluster', event.row.cluster]];
    case 'policy':
      return [['fleet'], ['policies'], ['changes'], ['access'], ['policy', event.name]];
    case 'cluster':
      return [['fleet'], ['clusters'], ['changes'], ['access'], ['holds'], ['cluster', event.name]];
    case 'change':
      return [['changes']];
    // Everything may be old.
    case 'reset':
      return [[]];
    case 'heal':
      return [['fleet'], ['drift'], ['cluster', event.cluster], ['policy', event.policy]];
  }
}
