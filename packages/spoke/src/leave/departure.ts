import type { JsonObject } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { tokenHash } from '@accord/proto/join';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { credentialName } from '../join/credential-store.ts';
import type { Kube } from '../kube/kube.ts';
import { configMapKind, ownRef, secretKind } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { sealingKeysName } from '../state/sealing-keys.ts';
import { stateName } from '../state/spoke-state.ts';
import { removeMirrors } from './remove-mirrors.ts';

export interface DepartureDeps {
  readonly kube: Kube;
  readonly namespace: string;
  readonly readToken: () => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is kept of a membership that has ended: enough not to begin it again. */
interface Left {
  readonly cluster: string;
  readonly atMs: number;
  /** Of the token that was used for it; empty where none was found. */
  readonly tokenHash: string;
}

const lookEveryMs = 5_000;

/** Ends a membership in this cluster: from here on only a new join token brings it back. */
export async function depart(deps: DepartureDeps, ended: Pick<Left, 'cluster' | 'tokenHash'>, signal: AbortSignal): Promise<void> {
  const { clock, log } = deps;
  for (;;) {
    try {
      // First of all: without a credential, and without this, it would join again.
      await keep(deps, { ...ended, atMs: clock.now() }, signal);
      await cleanUp(deps, signal);
      return;
    } catch (error) {
      if (!isCoded(error) || signal.aborted) throw error;
      log.warn('the end of this membership was not stored; it is tried again', { code: error.code, because: error.message });
      await clock.sleep(lookEveryMs, signal);
    }
  }
}

/** Resolves at once in a cluster that has not left, else when there is a token that was not used before, or `signal` aborts. */
export async function standBy(deps: DepartureDeps, onLeft: (note: string) => void, signal: AbortSignal): Promise<void> {
  const { clock, log } = deps;
  let isCleared = false;
  while (!signal.aborted) {
    try {
      const left = await read(deps, signal);
      if (left === undefined) return;
      onLeft(noteOf(left));
      if (!isCleared) {
        log.info(noteOf(left), { help: 'To join again: accord cluster add NAME --print | kubectl apply -f -' });
        await cleanUp(deps, signal);
        isCleared = true;
      }
      const hash = await hashOfToken(deps.readToken);
      if (hash !== '' && hash !== left.tokenHash) return;
    } catch (error) {
      if (!isCoded(error) || signal.aborted) throw error;
      log.warn('whether this cluster has left cannot be read', { code: error.code, because: error.message });
    }
    await clock.sleep(lookEveryMs, signal);
  }
}

/** Empty where there is no token; the file may be taken away with its Secret. */
export async function hashOfToken(readToken: DepartureDeps['readToken']): Promise<string> {
  const token = await readToken().catch(() => undefined);
  return token === undefined || token === '' ? '' : tokenHash(token);
}

function noteOf({ cluster, atMs }: Left): string {
  return `left the fleet as ${cluster} at ${new Date(atMs).toISOString()}; nothing is done here any more`;
}

async function read({ kube, namespace }: DepartureDeps, signal: AbortSignal): Promise<Left | undefined> {
  const object = await kube.get(ownRef(configMapKind, namespace, stateName), signal);
  const text = (object?.['data'] as JsonObject | undefined)?.['left'];
  if (typeof text !== 'string') return undefined;
  try {
    const { cluster, atMs, tokenHash: hash } = JSON.parse(text) as Partial<Left>;
    return { cluster: String(cluster), atMs: Number.isSafeInteger(atMs) ? Number(atMs) : 0, tokenHash: String(hash) };
  } catch {
    // Whoever edits it hides which token was used, and not that it takes one to come back.
    return { cluster: '?', atMs: 0, tokenHash: '' };
  }
}

/** Takes the place of the state: an apply removes what it does not name. */
async function keep({ kube, namespace }: DepartureDeps, left: Left, signal: AbortSignal): Promise<void> {
  const metadata = { name: stateName, namespace };
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { left: JSON.stringify(left) } };
  const answer = await kube.apply(ownRef(configMapKind, namespace, stateName), body, {}, signal);
  if (!('meta' in answer)) throw new CodedError('unavailable', `ConfigMap ${stateName} was not stored: ${answer.because}`);
}

/** The credential is dead already, and what stays of it is named. */
async function cleanUp({ kube, namespace, log }: DepartureDeps, signal: AbortSignal): Promise<void> {
  await removeMirrors(kube, signal);
  for (const name of [credentialName, sealingKeysName]) {
    const ref = ownRef(secretKind, namespace, name);
    const object = await kube.get(ref, signal);
    if (object === undefined) continue;
    const answer = await kube.remove(ref, { uid: parseMeta(object).meta.uid }, signal);
    if (answer.outcome === 'retry') throw new CodedError('unavailable', `Secret ${name} was not deleted: ${answer.because}`);
    if (answer.outcome === 'refused')
      log.error('a Secret of the spoke was not deleted', {
        because: answer.because,
        help: `kubectl -n ${namespace} delete secret ${name}`,
      });
  }
}
