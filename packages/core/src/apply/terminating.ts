import type { Trouble } from './report-policy.ts';

/** An object that is being deleted: it is left alone until it is gone, and only then made anew or told as removed. */
export function terminating(finalizers: readonly string[]): Trouble & { readonly outcome: 'blocked'; readonly reason: 'Terminating' } {
  const names =
    finalizers.length === 0 ? '' : `, and waits for its ${finalizers.length === 1 ? 'finalizer' : 'finalizers'} ${finalizers.join(', ')}`;
  return { outcome: 'blocked', reason: 'Terminating', because: `is being deleted${names}` };
}
