import { CodedError } from '@accord/proto/coded-error';
import { draft, type Draft } from '../registry/draft.ts';
import type { Registry } from '../registry/registry.ts';

/** A person looked at what the rebuilt history does not name and says: what is absent may go, on every cluster. */
export function decideConfirmEpoch({ epoch: current }: Registry, epoch: number): readonly Draft[] {
  if (current === undefined) throw new CodedError('not-found', 'there is no epoch yet');
  const { epoch: now, confirmedEpoch } = current.body;
  if (epoch !== now) throw new CodedError('conflict', `the fleet is at epoch ${now}, not ${epoch}`, { help: 'Look again: accord status' });
  if (confirmedEpoch === now) return [];
  return [draft('fleet', 'epoch', 'EpochConfirmed', { epoch: now, confirmedEpoch: now }, current.seq, `fleet@${now}`)];
}
