import { strict as assert } from 'node:assert';

/** Where a delivered message stands: in its stream, in its consumer's numbering, and how many are left. */
export interface Position {
  readonly streamSeq: number;
  readonly deliverySeq: number;
  readonly pending: number;
}

/**
 * Parses the reply subject of a delivered message:
 * `$JS.ACK[.<domain>.<account>].<stream>.<consumer>.<delivered>.<stream seq>.<delivery seq>.<time>.<pending>[.<random>]` (nats-server ADR-15).
 */
export function parseAckSubject(subject: string): Position {
  const tokens = subject.split('.');
  const at = tokens.length === 9 ? 5 : 7;
  const [streamSeq, deliverySeq, , pending] = tokens.slice(at, at + 4).map(Number);
  assert(
    streamSeq !== undefined &&
      deliverySeq !== undefined &&
      pending !== undefined &&
      Number.isSafeInteger(streamSeq + deliverySeq + pending),
    `no acknowledgement subject: ${subject}`,
  );
  return { streamSeq, deliverySeq, pending };
}
