import { randomBytes } from 'node:crypto';
import type { Credential, PendingJoin } from '@accord/proto/join-api';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { joinProofBytes, openCredential, tokenHash } from '@accord/proto/join';
import type { KeyPair } from '@accord/proto/keys';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { ReviewedFacts } from '../server-review.ts';
import { fingerprintOf } from './credential-store.ts';
import type { HubPort } from './hub-client.ts';

export interface FirstContactDeps {
  readonly hub: HubPort;
  /** Fingerprint of the key that signs for the hub, pinned at installation. */
  readonly hubKey: string;
  /** Undefined when no join token was given. */
  readonly readToken: () => Promise<string | undefined>;
  /** Asked for by the cluster itself, where its token leaves that to it. */
  readonly clusterName?: string | undefined;
  readonly facts: () => ReviewedFacts;
  readonly clock: Clock;
  readonly log: Log;
}

/** What came of asking once: what the hub issued, or when to ask again. */
export type Asked = { readonly credential: Credential; readonly joinedWith: string } | { readonly retryMs: number };

/** While an administrator compares fingerprints. */
export const pendingMs = 15_000;
/** The hub is away, or the API server: it may be back at any moment. */
const awayMs = 5_000;
/** The hub has said no: only somebody who changes something helps, and who asks too often is told to wait. */
const refusedMs = 30_000;

/** Asks to be let in, once, and says in the log what came of it: why not, and what to do. */
export async function tryToJoin(deps: FirstContactDeps, key: KeyPair, signal: AbortSignal): Promise<Asked> {
  const { log } = deps;
  try {
    const token = await requireToken(deps);
    const answer = await ask(deps, { key, token }, signal);
    if (!('state' in answer)) return { credential: answer, joinedWith: tokenHash(token) };
    // Nothing in this answer is signed, so only what is known here is shown: the key is ours.
    const fingerprint = fingerprintOf(key);
    log.warn('waits until an administrator of the hub lets this cluster in', {
      fingerprint,
      help: `Compare the fingerprint there, and let it in: accord cluster approve NAME --fingerprint ${fingerprint}`,
      retryMs: pendingMs,
    });
    return { retryMs: pendingMs };
  } catch (error) {
    if (!isCoded(error) || signal.aborted) throw error;
    const retryMs = isCoded(error, 'unavailable', 'timeout') ? awayMs : refusedMs;
    log.error('cannot join', { code: error.code, because: error.message, help: error.help, retryMs });
    return { retryMs };
  }
}

/** Repeats what needs only the API server until it is done: what the hub has issued must not be lost. */
export async function keepTrying(
  { clock, log }: Pick<FirstContactDeps, 'clock' | 'log'>,
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isCoded(error) || signal.aborted) throw error;
      log.error('the credential is not stored yet', { code: error.code, because: error.message, help: error.help, retryMs: awayMs });
      await clock.sleep(awayMs, signal);
      if (signal.aborted) throw error;
    }
  }
}

async function requireToken({ readToken }: FirstContactDeps): Promise<string> {
  const token = await readToken();
  if (token === undefined)
    throw new CodedError('unauthenticated', 'there is neither a credential nor a join token', {
      help: 'Make a token at the hub: accord cluster add NAME -l KEY=VALUE',
    });
  // 256 bits in base64url. Half a token would only be told that it is unknown.
  if (!/^[\w-]{43}$/.test(token))
    throw new CodedError('invalid', `the join token has ${token.length} characters and should have 43: it was cut, or is something else`, {
      help: 'Apply the manifests again as they were printed, or make a new token: accord cluster add NAME -l KEY=VALUE',
    });
  return token;
}

async function ask(
  { hub, hubKey, clusterName, facts, clock }: FirstContactDeps,
  { key, token }: { readonly key: KeyPair; readonly token: string },
  signal: AbortSignal,
): Promise<Credential | PendingJoin> {
  const nonce = randomBytes(16).toString('base64url');
  const { kubernetesVersion, spokeVersion, kubeSystemUid, platform } = facts();
  const said = { kubernetesVersion, spokeVersion, kubeSystemUID: kubeSystemUid, platform };
  const name = clusterName === undefined ? {} : { name: clusterName };
  const request = { publicKey: key.publicKey, ...name, facts: said, tsMs: Math.round(clock.now()), nonce };
  const proof = Buffer.from(key.sign(joinProofBytes(token, hubKey, request))).toString('base64');
  const answer = await hub.join(token, { ...request, proof }, signal);
  return 'state' in answer ? answer : openCredential(answer, hubKey, nonce);
}
