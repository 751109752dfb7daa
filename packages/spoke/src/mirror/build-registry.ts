import type { ClusterId } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { CapacityReader } from '../capacity-reader.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Kube } from '../kube/kube.ts';
import type { MirrorStore } from './mirror-store.ts';
import { AboutProperties } from './about-properties.ts';
import { MembersByName } from './members-by-name.ts';
import { ProfileProjection } from './profile-projection.ts';
import { RegistryMirror } from './registry-mirror.ts';

export interface RegistryInput {
  readonly kube: Kube;
  readonly mirrors: MirrorStore;
  readonly inbox: Inbox;
  readonly id: ClusterId;
  readonly mayWrite: () => boolean;
  /** The summary has something new to say. */
  readonly onSummary: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RegistryParts {
  readonly members: MembersByName;
  readonly registryMirror: RegistryMirror;
  readonly size: CapacityReader;
  readonly profiles: ProfileProjection;
  readonly about: AboutProperties;
}

/** What others are told of this cluster, and what this cluster shows of others. */
export function buildRegistry({ kube, mirrors, inbox, id, mayWrite, onSummary, clock, log }: RegistryInput): RegistryParts {
  const members = new MembersByName(inbox.records, log);
  const registryMirror = new RegistryMirror({
    ...{ kube, mirrors, members, clock, log, ownId: id },
    // Of a cluster that leaves the fleet the mirrors go.
    mayWrite: () => mayWrite() && inbox.member?.leave === undefined,
    ownName: () => inbox.member?.cluster.name,
    knowsMembers: () => inbox.knowsMembers(),
  });
  const size = new CapacityReader({ kube, onChange: onSummary, clock, log });
  const profiles = new ProfileProjection({
    ...{ kube, members, ownId: id, mayWrite, onAlarms: onSummary, clock, log },
    namespaces: () => inbox.member && namespacesOf(inbox.member),
    knowsMembers: () => inbox.knowsMembers(),
  });
  const about = new AboutProperties({ kube, cluster: () => inbox.member?.cluster, mayWrite, clock, log });
  return { members, registryMirror, size, profiles, about };
}

/** A cluster that leaves the fleet knows nothing of the others any more. */
function namespacesOf({ cluster, leave }: Member): readonly string[] {
  return leave === undefined ? (cluster.spec.projectProfiles?.namespaces ?? []) : [];
}

/** Records of the members changed. */
export function tellRecords({ members, registryMirror, profiles }: RegistryParts, ids: Iterable<ClusterId>): void {
  const names = members.learn(ids);
  registryMirror.onMembers(names);
  profiles.onMembers(names);
}

/** The record of this cluster changed. */
export function tellMember({ registryMirror, profiles, about }: RegistryParts): void {
  registryMirror.onMembers([]);
  profiles.onMember();
  about.mark();
}
