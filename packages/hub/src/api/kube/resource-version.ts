/**
 * Opaque to callers: where the object stands in what is shown, and in its last ten digits where it stands in what was decided.
 *
 * A decimal number that grows, because newer clients compare versions; a write compares only what was decided, so that a report
 * which came meanwhile makes nobody's edit stale.
 */
export interface ResourceVersion {
  readonly shown: number;
  readonly seq: number;
}

const seqDigits = 10;

/** `seq` has ten digits: room for 10^10 decisions. */
export function renderVersion({ shown, seq }: ResourceVersion): string {
  return `${shown}${String(seq).padStart(seqDigits, '0')}`;
}

/** Undefined when it is none of ours. */
export function parseVersion(text: string): ResourceVersion | undefined {
  if (!/^[0-9]{11,26}$/.test(text)) return undefined;
  return { shown: Number(text.slice(0, -seqDigits)), seq: Number(text.slice(-seqDigits)) };
}
