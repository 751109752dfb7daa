import { join } from 'node:path';
import type { Bus } from '@accord/bus/bus';
import type { Signer } from '@accord/proto/document';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { AccountName } from './claims-files.ts';
import { startEmbeddedNats, type EmbeddedNats } from './embedded/embedded-nats.ts';
import { localOf, type Listen } from './embedded/bus-address.ts';
import { HubCredentials } from './hub-credentials.ts';
import { openRealm, type Realm } from './open-realm.ts';
import { KeyRotations, type KeyRotationsDeps } from './key-rotations.ts';
import type { ChangingClaims } from './own-claims.ts';
import { DesiredKeys } from './desired-keys.ts';
import { openServing, type Serving, type TlsFiles } from './serving-certificate.ts';
import { SpokeMint } from './spoke-mint.ts';
import { SpokesClaims } from './spokes-claims.ts';

export interface OpenIdentityOptions {
  readonly dataDir: string;
  /** The nats-server to start beside the hub. */
  readonly nats: { readonly program: string; readonly listen: Listen; readonly advertised?: readonly Listen[] };
  /** A certificate of the owner's. */
  readonly tls?: TlsFiles | undefined;
  /** Further names under which callers reach the hub. */
  readonly names?: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Who this hub is, and what it may make others be. Private keys stay inside. */
export interface Identity {
  readonly nats: EmbeddedNats;
  /** Under which hub and bus are reached. */
  readonly serving: Serving;
  readonly accounts: Readonly<Record<AccountName, string>>;
  /** Signs documents, indexes, facts and answers to joins. */
  readonly desired: Signer;
  /** The keys behind that, and what is told of them. */
  readonly desiredKeys: DesiredKeys;
  /** 32 bytes: what a spoke pins. */
  readonly desiredPublicKey: Uint8Array;
  /** Fingerprint of that key: what an installed spoke is told. */
  readonly hubKey: string;
  readonly mint: SpokeMint;
  /** Replaces the keys that the servers know. Call it once and let it `run`; the claims are those that `spokesClaims` made. */
  keyRotations(deps: Pick<KeyRotationsDeps, 'spokesClaims' | 'buses' | 'signal'>): KeyRotations;
  /** For `connectNatsBus`, one for each account. */
  readonly credentials: { readonly hub: HubCredentials; readonly sys: HubCredentials };
  /** The only writer of the claims of SPOKES; call it once, with a bus that is logged in by `credentials.sys`, and let it `run`. */
  spokesClaims(system: Pick<Bus, 'request'>, connected?: () => number): SpokesClaims;
  /** Gives the data directory back. The server goes on unless it was stopped. */
  close(): void;
}

/**
 * Takes the data directory, opens or makes keys and claims, and starts or adopts the nats-server.
 *
 * What is left to the caller: connect to both accounts, ensure the streams, and run `spokesClaims`, `nats` and `credentials`.
 * Rejects with what `openRealm` and `startEmbeddedNats` reject with.
 */
export async function openIdentity(options: OpenIdentityOptions): Promise<Identity> {
  const realm = openRealm(options.dataDir, options.clock.now());
  try {
    return await identityOf(realm, options);
  } catch (error) {
    realm.lock.release();
    throw error;
  }
}

async function identityOf(realm: Realm, { dataDir, nats, tls, names = [], clock, log }: OpenIdentityOptions): Promise<Identity> {
  const { keys, claimsDir, lock } = realm;
  const claims: ChangingClaims = { ...realm.claims };
  const accounts = { SYS: keys.sys.publicKey, HUB: keys.hub.publicKey, SPOKES: keys.spokes.publicKey };
  const mint = new SpokeMint(keys);
  const desiredKeys = new DesiredKeys(join(dataDir, 'keys'), keys);
  const spokes: { claims?: SpokesClaims } = {};
  // A server that the supervisor starts again must be given what was pushed last.
  const current = () => ({ publicKeys: accounts, claims: { ...claims, SPOKES: spokes.claims?.token ?? claims.SPOKES } });
  const dialled = (nats.advertised ?? [localOf(nats.listen)]).map(({ host }) => host);
  const serving = await openServing(dataDir, { names: tls === undefined ? [...dialled, ...names] : dialled, files: tls }, clock.now());
  const server = await startEmbeddedNats({ dir: join(dataDir, 'nats'), ...nats, serving, accounts: current, clock, log });
  const credentials = {
    hub: new HubCredentials({ keys, role: 'hub', clock, log }),
    sys: new HubCredentials({ keys, role: 'sys', clock, log }),
  };
  return {
    nats: server,
    serving,
    accounts,
    desiredKeys,
    desired: desiredKeys.signer,
    get desiredPublicKey() {
      return desiredKeys.publicKey;
    },
    get hubKey() {
      return desiredKeys.current;
    },
    mint,
    keyRotations: (given) => new KeyRotations({ dataDir, keys, claims, mint, nats: server, credentials, clock, log, ...given }),
    credentials,
    spokesClaims: (system, connected) => {
      const token = claims.SPOKES;
      return (spokes.claims = new SpokesClaims({ claimsDir, keys, token, system, clock, log, ...(connected && { connected }) }));
    },
    close: () => lock.release(),
  };
}
