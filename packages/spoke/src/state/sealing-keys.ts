import type { JsonObject } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { createSealingKey, sealingKeyId, type SealingKey } from '@accord/proto/hpke';
import type { KeyPair } from '@accord/proto/keys';
import type { SealingKeyFact } from '@accord/proto/messages';
import { attestSealingKey } from '@accord/proto/sealing-attestation';
import { notBeforeOf } from '@accord/proto/sealing-status';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube } from '../kube/kube.ts';
import { ownRef, secretKind } from '../kube/own-kinds.ts';

export const sealingKeysName = 'accord-spoke-sealing-keys';

export interface DatedKey extends SealingKey {
  readonly createdAtMs: number;
}

export interface SealingKeysDeps {
  readonly kube: Kube;
  readonly namespace: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** A key is used for new secrets for a year, and opens what was sealed for it for one year more. */
export const rotateAfterMs: number = 365 * 24 * 3_600_000;
const keptMax = 2;
const lookEveryMs = 3_600_000;

/** Secret `accord-spoke-sealing-keys`: the private keys that open what was sealed for this cluster. They never leave it. */
export class SealingKeys {
  readonly #deps: SealingKeysDeps;
  #keys: readonly DatedKey[];

  private constructor(deps: SealingKeysDeps, keys: readonly DatedKey[]) {
    this.#deps = deps;
    this.#keys = keys;
  }

  /** Loads the keys, or makes the first. Rejects with `garbage` where the Secret holds something else: it is never overwritten. */
  static async open(deps: SealingKeysDeps, signal: AbortSignal): Promise<SealingKeys> {
    const keys = new SealingKeys(deps, (await load(deps, signal)) ?? []);
    await keys.rotate(signal);
    return keys;
  }

  /** Newest first. */
  all(): readonly DatedKey[] {
    return this.#keys;
  }

  /** What may be told of them, and that it was this spoke who said so. */
  published(spoke: KeyPair, clusterID: string): readonly SealingKeyFact[] {
    return this.#keys.map(({ id, publicKey, createdAtMs }) => ({
      ...{ id, publicKey, createdAtMs },
      attestation: attestSealingKey(spoke, { clusterID, publicKey, notBefore: notBeforeOf(createdAtMs) }),
    }));
  }

  /** Makes the next key where the newest is old, and forgets all but the one before it. True when there is a new one. */
  async rotate(signal: AbortSignal): Promise<boolean> {
    const { clock, log } = this.#deps;
    const nowMs = Math.round(clock.now());
    const [newest] = this.#keys;
    if (newest !== undefined && nowMs - newest.createdAtMs < rotateAfterMs) return false;
    const next: readonly DatedKey[] = [{ ...createSealingKey(), createdAtMs: nowMs }, ...this.#keys].slice(0, keptMax);
    // Nobody may seal for a key that a restart would lose.
    await save(this.#deps, next, signal);
    this.#keys = next;
    log.info('secrets are sealed for a new key; compare its fingerprint when you seal', { keyID: next[0]?.id });
    return true;
  }

  /** Looks after the keys until `signal` aborts. */
  async run(onChanged: () => void, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#deps;
    while (!signal.aborted) {
      await clock.sleep(lookEveryMs, signal);
      if (signal.aborted) return;
      try {
        if (await this.rotate(signal)) onChanged();
        // Somebody deleted it: after a restart nothing would open any more.
        else if ((await load(this.#deps, signal)) === undefined) await save(this.#deps, this.#keys, signal);
      } catch (error) {
        if (!isCoded(error)) throw error;
        log.warn('the sealing keys were not looked after; it is tried again', { code: error.code, because: error.message });
      }
    }
  }
}

async function load({ kube, namespace }: SealingKeysDeps, signal: AbortSignal): Promise<readonly DatedKey[] | undefined> {
  const secret = await kube.get(ownRef(secretKind, namespace, sealingKeysName), signal);
  if (secret === undefined) return undefined;
  const text = (secret['data'] as JsonObject | undefined)?.['keys'];
  try {
    return parseKeys(Buffer.from(String(text), 'base64').toString());
  } catch (cause) {
    throw new CodedError('garbage', `Secret ${namespace}/${sealingKeysName} does not hold sealing keys`, {
      help: `Restore it. Without it, seal every secret of this cluster again after: kubectl -n ${namespace} delete secret ${sealingKeysName}`,
      cause,
    });
  }
}

interface StoredKey {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly createdAtMs: number;
}

/** Throws where the text is something else. */
function parseKeys(text: string): readonly DatedKey[] {
  const stored = JSON.parse(text) as readonly StoredKey[];
  return stored.map(({ publicKey, privateKey, createdAtMs }) => {
    const [open, secret] = [publicKey, privateKey].map((key) => new Uint8Array(Buffer.from(key, 'base64')));
    if (open?.length !== 32 || secret?.length !== 32 || !Number.isFinite(createdAtMs)) throw new TypeError('no X25519 key');
    return { id: sealingKeyId(open), publicKey: open, privateKey: secret, createdAtMs };
  });
}

async function save({ kube, namespace }: SealingKeysDeps, keys: readonly DatedKey[], signal: AbortSignal): Promise<void> {
  const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes as Uint8Array).toString('base64');
  const stored = keys.map(({ publicKey, privateKey, createdAtMs }): StoredKey => ({
    publicKey: base64(publicKey),
    privateKey: base64(privateKey),
    createdAtMs,
  }));
  const body = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: sealingKeysName, namespace },
    data: { keys: base64(JSON.stringify(stored)) },
  };
  const answer = await kube.apply(ownRef(secretKind, namespace, sealingKeysName), body, {}, signal);
  if (!('meta' in answer)) throw new CodedError('unavailable', `Secret ${sealingKeysName} was not stored: ${answer.because}`);
}
