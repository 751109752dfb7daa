import { renderKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { Heal, PolicyOutcome, PolicyReport } from '@accord/proto/messages';

/** Why an event is written, in the word that `kubectl get events` shows, with what it tells. */
export const eventReasons = {
  Applied: 'a revision is in, with how many objects were created, changed and removed',
  ApplyFailed: 'it is not: refused by the API server, by lint or by the Guardrail, or waiting for something',
  Conflicted: 'it waits for somebody to give an object or a field to it',
  DriftDetected: 'a policy that only compares found something that is not as wanted',
  DriftHealed: 'what somebody changed was put back; who, as far as the object tells',
  Fighting: 'somebody undoes it again and again, so heals are slowed',
  RemovalBrake: 'a removal waits for a person',
  EpochChanged: 'the hub was rebuilt, so nothing is removed until somebody says so',
  Removed: 'the policy has left, with everything that it made',
  Released: 'the policy has left, and some of it stays',
} as const;
export type EventReason = keyof typeof eventReasons;

/** What somebody in the cluster should hear of a policy. Source: events.k8s.io/v1. */
export interface PolicyEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: EventReason;
  readonly action: 'Apply' | 'Compare' | 'Heal' | 'Remove';
  readonly policy: PolicyName;
  readonly object?: ObjectKey;
  readonly note: string;
}

/** What became of one policy, beside what was told of it before. */
export interface ToldPolicy {
  readonly outcome: PolicyOutcome;
  readonly before: PolicyReport | undefined;
}

/** Objects of a policy that are told one by one; of more, their number and one of them. */
const healsToldMax = 5;
/** Longest note that the API server takes, in bytes. */
const noteBytesMax = 1_024;

/** Turns what a spoke reports into events: what is news for people, and not each state that passes. */
export function eventsOf(policies: readonly ToldPolicy[], heals: readonly Heal[]): readonly PolicyEvent[] {
  const healed = [...Map.groupBy(heals, ({ policy }) => policy)].flatMap(([policy, all]) => healEvents(policy as PolicyName, all));
  return [...policies.flatMap((told) => stateEvent(told) ?? []), ...healed].map((event) => ({ ...event, note: shortened(event.note) }));
}

function stateEvent({ outcome, before }: ToldPolicy): PolicyEvent | undefined {
  const { report } = outcome;
  if (report === null) return undefined;
  const isSame = before?.state === report.state && before.revision === report.revision && before.reason === report.reason;
  // A heal says itself what was put back, and a spoke that has just begun tells what is known.
  if (isSame || (before === undefined && isInPlace(outcome))) return undefined;
  const policy = report.policy as PolicyName;
  const [problem] = report.problems;
  const object = problem === undefined ? undefined : (problem.object as ObjectKey);
  const regards = { policy, ...(object === undefined ? {} : { object }) };
  const what = `revision ${report.revision}`;
  const because = problem === undefined ? report.message : `${object === undefined ? '' : `${renderKey(object)}: `}${problem.message}`;
  switch (report.state) {
    case 'Applied':
      return { type: 'Normal', reason: 'Applied', action: 'Apply', policy, note: `${what} is in: ${counts(outcome)}` };
    case 'Drifted':
      return { type: 'Warning', reason: 'DriftDetected', action: 'Compare', ...regards, note: `${what} is only compared: ${because}` };
    case 'Failed':
    case 'Refused':
      return { type: 'Warning', reason: 'ApplyFailed', action: 'Apply', ...regards, note: `${what} is not in: ${because}` };
    case 'Blocked': {
      const reason = conflicts.has(problem?.reason ?? report.reason) ? 'Conflicted' : 'ApplyFailed';
      return { type: 'Warning', reason, action: 'Apply', ...regards, note: `${what} waits: ${because}` };
    }
    case 'Stalled':
      return { type: 'Warning', ...stalled(report.reason), ...regards, note: `${what} needs a person: ${report.message || because}` };
    case 'Removed': {
      const { length: stay } = report.retained;
      if (stay === 0)
        return { type: 'Normal', reason: 'Removed', action: 'Remove', policy, note: 'has left, with everything that it made' };
      return { type: 'Normal', reason: 'Released', action: 'Remove', policy, note: `has left; ${many(stay, 'object')} of it stay` };
    }
    // These pass, or somebody has just said so.
    default:
      return undefined;
  }
}

const conflicts: ReadonlySet<string> = new Set(['AdoptionRefused', 'Conflict', 'FieldConflict', 'GuardRail']);

function stalled(reason: string): Pick<PolicyEvent, 'reason' | 'action'> {
  if (reason === 'Fighting') return { reason, action: 'Heal' };
  return { reason: reason === 'EpochChanged' ? reason : 'RemovalBrake', action: 'Remove' };
}

function healEvents(policy: PolicyName, heals: readonly Heal[]): readonly PolicyEvent[] {
  const told = heals.slice(0, heals.length > healsToldMax ? 1 : healsToldMax);
  const rest = heals.length - told.length;
  return told.map((heal) => {
    const object = heal.object as ObjectKey;
    const more = rest === 0 ? '' : `; and ${many(rest, 'other object')} of the policy`;
    const note = `${renderKey(object)}: ${whoDid(heal)}, put back after ${Math.max(0, Math.round(heal.healedMs - heal.seenMs))} ms${more}`;
    return { type: 'Normal', reason: 'DriftHealed', action: 'Heal', policy, object, note };
  });
}

function whoDid({ cause, manager, fields }: Heal): string {
  const who = manager === '' ? 'somebody' : manager;
  if (cause === 'Gone' || cause === 'Recreated')
    return `${who === 'somebody' ? 'somebody' : `somebody (last written by ${who})`} deleted it`;
  return `${who} changed ${fields.length === 0 ? 'it' : fields.slice(0, 3).join(', ')}${fields.length > 3 ? ' and more' : ''}`;
}

function isInPlace({ report, created, changed, removed }: PolicyOutcome): boolean {
  return report?.state === 'Applied' && created + changed + removed === 0;
}

function counts({ created, changed, removed }: PolicyOutcome): string {
  return `${created} created, ${changed} changed, ${removed} removed`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function shortened(note: string): string {
  const bytes = Buffer.from(note);
  if (bytes.length <= noteBytesMax) return note;
  // Half a character at the cut is dropped.
  return `${new TextDecoder().decode(bytes.subarray(0, noteBytesMax - 4)).replace(/\uFFFD+$/u, '')}…`;
}
