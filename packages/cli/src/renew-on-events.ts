import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { isAway } from './failure-of.ts';
import { followEvents } from './follow-events.ts';
import { renderFailure } from './render/failure.ts';
import { untilStopped } from './until-stopped.ts';

/** Ages move also while nothing happens. */
const renewMsMax = 5_000;
/** Many things happen at once, and nobody reads faster. */
const renewMsMin = 1_000;

/**
 * Shows a screen anew after events until Ctrl-C: in place on a terminal, where it is renewed every few seconds as well;
 * elsewhere printed again, and only after events.
 */
export function renewOnEvents(context: Context, look: () => Promise<readonly string[]>): Promise<ExitCode> {
  return untilStopped(context, async () => {
    const wake = wakeOnEvents(context);
    for (;;) {
      context.terminal.renew(...(await lookAgain(context, look)));
      await sleep(renewMsMin, undefined, { signal: context.signal });
      await wake.next(context.terminal.isOutTerminal ? renewMsMax : undefined);
    }
  });
}

/** A hub that is away for a while is part of an incident, and no reason to stop looking. */
async function lookAgain({ terminal }: Context, look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await look();
  } catch (error) {
    if (!isAway(error)) throw error;
    return [renderFailure(error, terminal.paint), 'Trying again; Ctrl-C ends it.'];
  }
}

/** `next` ends after the next event, at once where one came since, or after `msMax`. */
function wakeOnEvents(context: Context): { readonly next: (msMax: number | undefined) => Promise<void> } {
  let happened = nothingYet();
  const follow = async (): Promise<void> => {
    for await (const told of followEvents(context)) if (told !== 'listening') happened.resolve();
  };
  // What ends it for good ends the screen as well.
  follow().catch((error: unknown) => happened.reject(error));
  return {
    next: async (msMax) => {
      const over = new AbortController();
      const time = msMax === undefined ? [] : [sleep(msMax, undefined, { signal: over.signal })];
      await Promise.race([happened.promise, ...time]).finally(() => over.abort());
      happened = nothingYet();
    },
  };
}

function nothingYet(): PromiseWithResolvers<void> {
  const happened = Promise.withResolvers<void>();
  // It may fail while nobody waits for it; whoever waits next is told.
  happened.promise.catch(() => undefined);
  return happened;
}
