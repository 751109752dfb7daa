import type { ApplyAnswer, Kube, RemoveAnswer, Retry } from './kube.ts';
import { withWrites } from './with-writes.ts';

/** The answer where nothing may be written. */
export const leaseLost: Retry = { outcome: 'retry', reason: 'LeaseLost', because: 'this spoke does not hold the lease of its cluster' };

/** The same API server for a spoke that leads: no write begins when `held` is aborted, and what is in flight by then is cancelled. */
export function writesWhileHeld(kube: Kube, held: () => AbortSignal): Kube {
  const whileHeld = async <Answer extends ApplyAnswer | RemoveAnswer>(
    signal: AbortSignal,
    write: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer | Retry> => {
    const lost = held();
    if (lost.aborted) return leaseLost;
    const answer = await write(AbortSignal.any([signal, lost]));
    return answer.outcome === 'retry' && lost.aborted ? leaseLost : answer;
  };
  return withWrites(kube, {
    apply: (ref, body, options, signal) => whileHeld(signal, (either) => kube.apply(ref, body, options, either)),
    remove: (ref, condition, signal, options) => whileHeld(signal, (either) => kube.remove(ref, condition, either, options)),
    release: (ref, meta, signal) => whileHeld(signal, (either) => kube.release(ref, meta, either)),
    patch: (ref, patch, signal) => whileHeld(signal, (either) => kube.patch(ref, patch, either)),
  });
}
