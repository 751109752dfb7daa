import type { DesiredSet, HeldDocument } from '@accord/core/desired/desired-set';
import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { parseRecord, type RegistryRecord } from '@accord/proto/record';
import type { Log } from '@accord/runtime/log';

export interface NamedMember {
  readonly record: RegistryRecord;
  readonly document: HeldDocument;
}

/**
 * The members of the sets of this cluster, itself among them, as their records tell of them.
 *
 * By name: a cluster that left and one that joined later under its name have different ids, and what is shown of them is one object.
 */
export class MembersByName {
  readonly #records: DesiredSet<ClusterId>;
  readonly #log: Log;
  readonly #members = new Map<string, NamedMember>();
  readonly #nameOf = new Map<ClusterId, string>();

  constructor(records: DesiredSet<ClusterId>, log: Log) {
    this.#records = records;
    this.#log = log;
  }

  get(name: string): NamedMember | undefined {
    return this.#members.get(name);
  }

  names(): Iterable<string> {
    return this.#members.keys();
  }

  /** Something else may stand in the records of these clusters. Returns the names that it concerns. */
  learn(ids: Iterable<ClusterId>): ReadonlySet<string> {
    const names = new Set<string>();
    for (const id of ids) {
      const before = this.#forget(id);
      if (before !== undefined) names.add(before);
      const member = this.#read(id);
      if (member === undefined) continue;
      const { name } = member.record.cluster;
      this.#nameOf.set(id, name);
      this.#members.set(name, member);
      names.add(name);
    }
    return names;
  }

  /** Returns the name that this cluster had. */
  #forget(id: ClusterId): string | undefined {
    const name = this.#nameOf.get(id);
    // Somebody else may have the name by now.
    if (name !== undefined && this.#members.get(name)?.record.cluster.id === id) this.#members.delete(name);
    this.#nameOf.delete(id);
    return name;
  }

  #read(id: ClusterId): NamedMember | undefined {
    const standing = this.#records.standing(id);
    if (standing.says !== 'present') return undefined;
    try {
      const record = parseRecord(standing.document.body);
      return record.cluster.id === id ? { record, document: standing.document } : undefined;
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#log.error('the record of a cluster cannot be read; it is not shown', { id, because: error.message });
      return undefined;
    }
  }
}
