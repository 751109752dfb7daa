import type { ClusterId } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { CapacityReader } from '../capacity-reader.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Kube } from '../kube/kube.ts';
import type { MirrorStore } from './mirror-store.ts';
import { RegistryMirror } from './registry-mirror.ts';

export interface RegistryInput {
  readonly kube: Kube;
  readonly mirrors: MirrorStore;
  readonly inbox: Inbox;
  readonly id: ClusterId;
  readonly mayWrite: () => boolean;
  readonly onSize: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RegistryParts {
  readonly registryMirror: RegistryMirror;
  readonly size: CapacityReader;
}

/** What others are told of this cluster, and what this cluster shows of others. */
export function buildRegistry({ kube, mirrors, inbox, id, mayWrite, onSize, clock, log }: RegistryInput): RegistryParts {
  const registryMirror = new RegistryMirror({
    ...{ kube, mirrors, clock, log, records: inbox.records, ownId: id },
    // Of a cluster that leaves the fleet the mirrors go.
    mayWrite: () => mayWrite() && inbox.member?.leave === undefined,
    ownName: () => inbox.member?.cluster.name,
    knowsMembers: () => inbox.knowsMembers(),
  });
  return { registryMirror, size: new CapacityReader({ kube, onChange: onSize, clock, log }) };
}
