import type { Row } from '@accord/proto/api';

/** One change as its client knows it. The number is in its content, so that whoever sees the object knows which change it is. */
export interface SentChange {
  readonly n: number;
  readonly policy: string;
  readonly sentMs: number;
  /** Undefined until the hub has accepted it. */
  revision: number | undefined;
  /** When the hub first showed that it is in, or that a later one of its policy is. */
  settledMs: number | undefined;
  fate: 'open' | 'applied' | 'superseded';
}

type Told = Pick<Row, 'policy' | 'state' | 'revision' | 'reportedRevision'>;
/** Policy → the numbers of the changes that its object showed, in the order in which they were written. */
export type Contents = ReadonlyMap<string, readonly number[]>;

interface OfPolicy {
  readonly open: Set<SentChange>;
  /** Revision → when it was first told to be in; revisions grow. */
  readonly told: Map<number, number>;
  highest: number;
}

/** Keeps account of every change: which one was applied, which one a later one has replaced, and which one nobody heard of. */
export class ChangeLedger {
  readonly changes: SentChange[] = [];
  readonly #policies = new Map<string, OfPolicy>();
  #open = 0;
  #goneBack = 0;

  get open(): number {
    return this.#open;
  }

  /** How often the hub showed an older revision of a policy than it had shown before. */
  get goneBack(): number {
    return this.#goneBack;
  }

  send(policy: string, nowMs: number): SentChange {
    const change: SentChange = { n: this.changes.length, policy, sentMs: nowMs, revision: undefined, settledMs: undefined, fate: 'open' };
    this.changes.push(change);
    this.#of(policy).open.add(change);
    this.#open += 1;
    return change;
  }

  /** The answer to the call may come after the event that shows the change. */
  accept(change: SentChange, revision: number): void {
    change.revision = revision;
    this.#settle(this.#of(change.policy));
  }

  see(row: Told, atMs: number): void {
    const of = this.#policies.get(row.policy);
    if (of === undefined) return;
    const { reportedRevision } = row;
    if (reportedRevision < of.highest) this.#goneBack += 1;
    if (reportedRevision < of.highest || !isIn(row)) return;
    of.highest = reportedRevision;
    if (!of.told.has(reportedRevision)) of.told.set(reportedRevision, atMs);
    this.#settle(of);
  }

  #settle(of: OfPolicy): void {
    for (const change of of.open) {
      const { revision } = change;
      if (revision === undefined || revision > of.highest) continue;
      const [, atMs] = [...of.told].find(([told]) => told >= revision) ?? [];
      change.settledMs = atMs;
      change.fate = of.told.has(revision) ? 'applied' : 'superseded';
      of.open.delete(change);
      this.#open -= 1;
    }
  }

  #of(policy: string): OfPolicy {
    const found = this.#policies.get(policy) ?? { open: new Set(), told: new Map(), highest: 0 };
    this.#policies.set(policy, found);
    return found;
  }
}

/** While a later revision is wanted, a row says no more of the reported one than that it is not the last: what became of it is in its timeline. */
function isIn({ state, revision, reportedRevision }: Told): boolean {
  return state === 'Applied' || (state === 'Pending' && reportedRevision < revision);
}

/** The change with the highest revision of each policy. */
export function winners(changes: readonly SentChange[]): ReadonlyMap<string, SentChange> {
  const last = new Map<string, SentChange>();
  for (const change of changes) if ((change.revision ?? 0) >= (last.get(change.policy)?.revision ?? 0)) last.set(change.policy, change);
  return last;
}

/** Policies whose object does not show the last revision in the end. */
export function wrongPolicies(changes: readonly SentChange[], contents: Contents): readonly string[] {
  return [...winners(changes)].flatMap(([policy, { n }]) => (contents.get(policy)?.at(-1) === n ? [] : [policy]));
}

/** How often an object showed an older revision after a newer one. */
export function contentsGoneBack(changes: readonly SentChange[], contents: Contents): number {
  const steps = [...contents.values()].flatMap((numbers) => {
    const revisions = numbers.map((n) => changes[n]?.revision ?? 0);
    return revisions.filter((revision, at) => revision < (revisions[at - 1] ?? 0));
  });
  return steps.length;
}
