import { setTimeout as sleep } from 'node:timers/promises';
import { isProgress } from '@accord/core/status/states';
import { joinTokensSchema } from '@accord/proto/join-api';
import { CodedError } from '@accord/proto/coded-error';
import { tokenHash } from '@accord/proto/join';
import type { Context } from './context.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { objectPath } from './objects/kinds.ts';
import { outlookOf } from './outlook.ts';
import { renderOutlook } from './render/outlook.ts';
import { clusterSchema } from './resources.ts';
import { readPages } from './wait.ts';

const lookMs = 1_000;

/**
 * Waits until the token has been used and its cluster is there and has everything, and says what policies would do.
 *
 * All of it goes to standard error: standard output may belong to kubectl.
 */
export async function waitForJoin(
  context: Context,
  { cluster, token }: { readonly cluster: string; readonly token: string },
  deadlineMs: number,
): Promise<ExitCode> {
  const { hub, terminal } = context;
  const hash = tokenHash(token);
  const isJoined = await waitUntil(context, deadlineMs, async () => {
    const { items } = await hub().read('/v1/join-tokens', joinTokensSchema);
    const own = items.find((item) => item.hash === hash);
    if (own?.state === 'Pending' && own.asked !== undefined)
      terminal.progress(`${cluster} waits for: accord cluster approve ${cluster} --fingerprint ${own.asked.fingerprint}`);
    if (own?.state === 'Open') terminal.progress(`waiting for ${cluster} to join`);
    if (own !== undefined && ['Rejected', 'Deleted', 'Expired'].includes(own.state))
      throw new CodedError('gone', `${cluster} cannot join any more: its token is ${own.state.toLowerCase()}`, {
        help: `See why it did not, in the log of its spoke, and invite it again: docs/runbooks/spoke-cannot-join.md`,
      });
    return own?.state === 'Used';
  });
  if (!isJoined) return giveUp(context, `${cluster} has not joined yet. Look there: kubectl -n accord-system logs deploy/accord-spoke`);
  const path = objectPath('Cluster', cluster);
  const isThere = await waitUntil(context, deadlineMs, async () => {
    const { status } = await hub().read(path, clusterSchema);
    const rows = await readPages(hub(), `/v1/clusters/${encodeURIComponent(cluster)}/policies`);
    terminal.progress(`${cluster} has joined and is ${status.connection}`);
    return (
      status.connection === 'live' &&
      status.sync.state === 'current' &&
      rows.every(({ state }) => state !== 'Pending' && !isProgress(state))
    );
  });
  terminal.endProgress();
  if (!isThere) return giveUp(context, `${cluster} has joined and does not have everything yet. See: accord describe cluster ${cluster}`);
  const resource = await hub().read(path, clusterSchema);
  const rows = await readPages(hub(), `/v1/clusters/${encodeURIComponent(cluster)}/policies`);
  terminal.note(`${cluster} has joined.`, ...renderOutlook(resource, await outlookOf(hub(), cluster, rows)));
  return exitCodes.done;
}

async function waitUntil({ now, signal }: Context, deadlineMs: number, isSo: () => Promise<boolean>): Promise<boolean> {
  while (!(await isSo())) {
    if (now() >= deadlineMs) return false;
    await sleep(lookMs, undefined, { signal });
  }
  return true;
}

function giveUp({ terminal }: Context, words: string): ExitCode {
  terminal.endProgress();
  terminal.note(words);
  return exitCodes.notConverged;
}
