import { setTimeout as sleep } from 'node:timers/promises';
import { CoreV1Api } from '@kubernetes/client-node';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { KubeClient } from '../control-plane/kube-client.ts';
import { writePrivate } from '../write-private.ts';
import { answered } from './apply-object.ts';

const lifetimeSeconds = 3600;

/** Mints a token for the spoke's ServiceAccount (TokenRequest), writes it, and returns when it expires, in milliseconds since 1970. */
export async function mintSpokeToken(client: KubeClient, file: string): Promise<number> {
  const account = { namespace: 'accord-system', name: 'accord-spoke' };
  // The model asks for audiences; none means the server itself.
  const body = { spec: { audiences: [], expirationSeconds: lifetimeSeconds } };
  const request = await answered("token of the spoke's account", () =>
    client.api(CoreV1Api).createNamespacedServiceAccountToken({ ...account, body }),
  );
  const { token, expirationTimestamp } = request.status ?? {};
  if (token === undefined || expirationTimestamp === undefined)
    throw new CodedError('unavailable', "token of the spoke's account: the answer holds none");
  writePrivate(file, token);
  return expirationTimestamp.getTime();
}

/**
 * Replaces the token when 20 % of its life is left, as a kubelet does, until the signal aborts; never rejects for a cluster that is away.
 * The clock is compared every half minute and not slept through: a suspended machine must find a fresh token soon after it wakes.
 */
export async function keepSpokeTokenFresh(client: KubeClient, file: string, expiresAt: number, signal: AbortSignal): Promise<void> {
  let renewAt = expiresAt - 0.2 * lifetimeSeconds * 1000;
  while (!signal.aborted) {
    await sleep(30_000, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted || Date.now() < renewAt) continue;
    try {
      renewAt = (await mintSpokeToken(client, file)) - 0.2 * lifetimeSeconds * 1000;
    } catch (error) {
      if (!isCoded(error)) throw error;
    }
  }
}
