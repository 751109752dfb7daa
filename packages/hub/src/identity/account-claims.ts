import type { KeyPair } from '@accord/proto/keys';
import type { KeyRing } from './key-ring.ts';
import { spokeScope } from './spoke-scope.ts';
import { signToken } from './token.ts';

/** Public key of a user → unix seconds; tokens of that key which were made then or earlier are dead. */
export type Revocations = Readonly<Record<string, number>>;

export interface AccountClaims {
  readonly type: 'account';
  readonly version: 2;
  readonly signing_keys: readonly unknown[];
  readonly limits: Readonly<Record<string, number | boolean>>;
  readonly default_permissions?: object;
  readonly exports: readonly object[];
  readonly imports?: readonly object[];
  readonly mappings?: Readonly<Record<string, readonly object[]>>;
  readonly revocations?: Revocations;
}

export interface OperatorClaims {
  readonly type: 'operator';
  readonly version: 2;
  readonly signing_keys: readonly string[];
  readonly system_account: string;
  readonly strict_signing_key_usage: true;
}

const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: 0, disallow_bearer: true };

// A request that nobody answers is forgotten by the server after this time; without it a spoke could fill the server's memory.
const service = { type: 'service', response_type: 'Singleton', response_threshold: 5_000_000_000 } as const;

const services = [
  ['get-desired', '$JS.API.DIRECT.GET.FLEET.desired.>'],
  ['get-index', '$JS.API.DIRECT.GET.FLEET.index.>'],
  ['report', 'report.*.*'],
  ['outcome', 'outcome.*'],
  ['rpc', 'rpc.*.*'],
] as const;

/** Signed by itself; everything else is signed by its signing key. */
export function operatorToken(keys: KeyRing, iat: number): string {
  return signToken(keys.operator, { iat, sub: keys.operator.publicKey, name: 'accord', nats: operatorClaims(keys) });
}

export function operatorClaims(keys: KeyRing): OperatorClaims {
  return {
    type: 'operator',
    version: 2,
    signing_keys: publicKeysOf(keys.operatorSigning, keys.operatorSigningNext),
    system_account: keys.sys.publicKey,
    strict_signing_key_usage: true,
  };
}

/** The system account: pushes claims, cuts connections, hears who comes and goes. */
export function sysClaims(keys: KeyRing): AccountClaims {
  return {
    type: 'account',
    version: 2,
    signing_keys: publicKeysOf(keys.sysSigning, keys.sysSigningNext),
    limits: unlimited,
    exports: [
      { name: 'account-monitoring-streams', subject: '$SYS.ACCOUNT.*.>', type: 'stream', account_token_position: 3 },
      {
        name: 'account-monitoring-services',
        subject: '$SYS.REQ.ACCOUNT.*.*',
        type: 'service',
        response_type: 'Stream',
        account_token_position: 4,
      },
    ],
  };
}

/** Owns every stream. Only hub processes log in. */
export function hubClaims(keys: KeyRing): AccountClaims {
  return {
    type: 'account',
    version: 2,
    signing_keys: publicKeysOf(keys.hubSigning, keys.hubSigningNext),
    limits: { ...unlimited, mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 },
    exports: [...services.map(([name, subject]) => ({ name, subject, ...service })), { name: 'live', subject: 'live.>', type: 'stream' }],
    imports: [{ name: 'beat', subject: 'beat.*', account: keys.spokes.publicKey, type: 'stream' }],
  };
}

/** Holds no stream: an answer that a spoke aims at a subject of its choice arrives here, where nothing listens that could be harmed. */
export function spokesClaims(keys: KeyRing, revocations: Revocations): AccountClaims {
  const account = keys.hub.publicKey;
  return {
    type: 'account',
    version: 2,
    signing_keys: scopesOf(keys),
    limits: { ...unlimited, conn: 25_000, mem_storage: 0, disk_storage: 0, streams: 0, consumer: 0 },
    default_permissions: { pub: { deny: ['>'] }, sub: { deny: ['>'] } },
    imports: [
      ...services.map(([name, subject]) => ({ name, subject, account, type: 'service' })),
      { name: 'live', subject: 'live.>', account, type: 'stream' },
    ],
    // A stream and not a service: a heartbeat with a reply subject would be a pending answer in the server.
    exports: [{ name: 'beat', subject: 'beat.*', type: 'stream' }],
    // Whatever is published in this account, answers of services included, cannot look like a live message of the hub.
    mappings: { 'live.>': [{ subject: 'void.>', weight: 100 }] },
    ...(Object.keys(revocations).length > 0 && { revocations }),
  };
}

/** Two of them while one takes the place of the other. */
function publicKeysOf(...pairs: readonly (KeyPair | undefined)[]): readonly string[] {
  return pairs.flatMap((pair) => pair?.publicKey ?? []);
}

/** One template, under each key that may sign tokens of spokes: two of them while one takes the place of the other. */
export function scopesOf({ spokesScope, spokesScopeNext }: KeyRing): readonly object[] {
  const { kind, role, description, template } = spokeScope;
  const keys = spokesScopeNext === undefined ? [spokesScope] : [spokesScope, spokesScopeNext];
  return keys.map(({ publicKey: key }) => ({ kind, key, role, description, template }));
}
