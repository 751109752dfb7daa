import type { Stop } from '../desired/stop-of.ts';
import type { ReadGuardrail } from './guardrail.ts';
import { windowAt } from './windows.ts';

/** What the owner's Guardrail says of this moment. */
export interface GuardMoment {
  readonly stop: Stop | undefined;
  /** When that may change by itself. */
  readonly untilMs: number | undefined;
}

/** The stop by which the cluster's owner holds every policy now: a freeze, a closed window, or a Guardrail that cannot be told. */
export function guardMoment(read: ReadGuardrail, nowMs: number): GuardMoment {
  if (read.outcome === 'invalid')
    return { stop: { reason: 'GuardrailInvalid', message: `its Guardrail cannot be obeyed: ${read.because}` }, untilMs: undefined };
  const { freeze, windows } = read.guardrail;
  if (freeze !== undefined && freeze.untilMs > nowMs) {
    const message = `its owner has frozen it until ${new Date(freeze.untilMs).toISOString()}: ${freeze.reason}`;
    return { stop: { reason: 'Frozen', message, endsNothing: true }, untilMs: freeze.untilMs };
  }
  const { isOpen, untilMs } = windowAt(windows, nowMs);
  if (isOpen) return { stop: undefined, untilMs };
  const message =
    untilMs === undefined
      ? 'no window of its Guardrail ever opens'
      : `the next window of its Guardrail opens at ${new Date(untilMs).toISOString()}`;
  return { stop: { reason: 'OutsideWindow', message, heals: true }, untilMs };
}
