import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';

const againMs = 1_000;

/** Tries something again for as long as it fails for want of an answer. */
export type Patiently = <T>(attempt: () => Promise<T>) => Promise<T>;

/**
 * For the start of a spoke: whoever ended because one answer did not come would be started again by its supervisor, and later each
 * time. What an API server does answer, a refusal too, is for whoever asked; so is what was meanwhile when `signal` aborts.
 */
export function patiently({ clock, log }: { readonly clock: Clock; readonly log: Log }, signal: AbortSignal): Patiently {
  return async (attempt) => {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isCoded(error, 'unavailable', 'timeout') || signal.aborted) throw error;
        log.warn('the API server does not answer; it is asked again', { code: error.code, because: error.message });
        await clock.sleep(againMs, signal);
      }
    }
  };
}
