import type { HeldDocument } from '@accord/core/desired/desired-set';
import { equalBytes, sha256, type JsonObject } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { openSignedStatement } from '@accord/proto/document';
import type { TrustedKeys } from '@accord/proto/seal';
import type { Anchor } from '@accord/proto/subjects';
import type { KnownPosition } from '../inbox/inbox.ts';
import type { Kube } from '../kube/kube.ts';
import { configMapKind, ownRef } from '../kube/own-kinds.ts';
import { parseState, type StoredState } from './parse-state.ts';

export const stateName = 'accord-spoke-state';

/** What must outlive the process beside the mirrors. */
export interface SpokeState {
  /** Number of the last start, higher each time; outcomes are numbered inside one. */
  readonly boot: number;
  readonly member: HeldDocument | undefined;
  readonly positions: ReadonlyMap<Anchor, KnownPosition>;
  /** apiVersion and kind of objects beyond the typed parts, so that leftovers are found after a restart. */
  readonly kinds: readonly string[];
  /** Where ClusterProfiles of ours may stand, so that they are found when nobody projects there any more. */
  readonly profileNamespaces: readonly string[];
}

/** The ConfigMap `accord-spoke-state`. Positions may be a few seconds old: an older one only means reading more. */
export class StateStore {
  readonly #kube: Kube;
  readonly #namespace: string;
  readonly #keys: () => TrustedKeys;

  constructor(kube: Kube, namespace: string, keys: () => TrustedKeys) {
    this.#kube = kube;
    this.#namespace = namespace;
    this.#keys = keys;
  }

  /** A state that cannot be read, or whose record is not signed by a trusted key, counts as none. */
  async load(signal: AbortSignal): Promise<SpokeState> {
    const object = await this.#kube.get(ownRef(configMapKind, this.#namespace, stateName), signal);
    const text = (object?.['data'] as JsonObject | undefined)?.['state'];
    const stored = typeof text === 'string' ? parseState(text) : undefined;
    if (stored === undefined) return { boot: 0, member: undefined, positions: new Map(), kinds: [], profileNamespaces: [] };
    const positions = new Map(Object.entries(stored.positions) as [Anchor, KnownPosition][]);
    const { boot, kinds, profileNamespaces = [] } = stored;
    return { boot, member: this.#open(stored.member), positions, kinds, profileNamespaces };
  }

  /** Rejects with `unavailable` when the API server did not take it. */
  async save({ boot, member, positions, kinds, profileNamespaces }: SpokeState, signal: AbortSignal): Promise<void> {
    const stored: StoredState = {
      boot,
      positions: Object.fromEntries(positions),
      kinds,
      ...(profileNamespaces.length === 0 ? {} : { profileNamespaces }),
      ...(member === undefined
        ? {}
        : { member: { statement: Buffer.from(member.signedStatement).toString('base64'), body: new TextDecoder().decode(member.body) } }),
    };
    const metadata = { name: stateName, namespace: this.#namespace };
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { state: JSON.stringify(stored) } };
    const answer = await this.#kube.apply(ownRef(configMapKind, this.#namespace, stateName), body, {}, signal);
    if (answer.outcome === 'refused' || answer.outcome === 'retry' || answer.outcome === 'adoptable')
      throw new CodedError('unavailable', `ConfigMap ${stateName} was not stored: ${answer.because}`);
  }

  #open(stored: StoredState['member']): HeldDocument | undefined {
    if (stored === undefined) return undefined;
    try {
      const signedStatement = new Uint8Array(Buffer.from(stored.statement, 'base64'));
      const body = new TextEncoder().encode(stored.body);
      const statement = openSignedStatement(signedStatement, this.#keys());
      return equalBytes(sha256(body), statement.bodyDigest)
        ? { statement, body, signedStatement, receivedMs: 0, verifiedMs: 0 }
        : undefined;
    } catch (error) {
      if (isCoded(error)) return undefined;
      throw error;
    }
  }
}
