import type { KeyPair } from '@accord/proto/keys';
import type { KeyRing } from './key-ring.ts';
import { signToken } from './token.ts';

/** Which account of the hub a process logs in to. */
export type HubRole = 'hub' | 'sys';

/** Seconds that a token of a hub process lives. */
export const hubTokenLifeSeconds = 3_600;

interface Rights {
  readonly pub: { readonly allow: readonly string[] };
  readonly sub: { readonly allow: readonly string[] };
}

/** Not `report`, `outcome`, `beat` or `live.desired.all.>`: the hub cannot pretend to be a spoke, nor pass by the log of desired state. */
const hubRights: Rights = {
  pub: {
    allow: [
      'desired.>',
      'index.>',
      'live.tick',
      'live.desired.c.*._check',
      'intent.>',
      'history.>',
      'control.>',
      '$JS.API.>',
      '$JS.ACK.>',
      '_R_.>',
      '_INBOX.>',
    ],
  },
  sub: { allow: ['_INBOX.>', 'report.>', 'outcome.>', 'rpc.>', 'beat.*', '$JS.EVENT.ADVISORY.>'] },
};

/** Pushes and reads the claims of the accounts, cuts connections, hears who connects. */
function sysRights({ spokes, hub, sys }: Record<'spokes' | 'hub' | 'sys', string>): Rights {
  return {
    pub: {
      allow: [
        claimsUpdateSubject,
        // A push replaces newer claims without a word, so the hub looks first.
        ...[spokes, hub, sys].map(claimsLookupSubject),
        kickSubject('*'),
        listConnectionsSubject,
      ],
    },
    sub: { allow: ['_INBOX.>', ...Object.values(connectionSubjects(spokes))] },
  };
}

/** Where every server answers with the connections that it has. */
export const listConnectionsSubject = '$SYS.REQ.SERVER.PING.CONNZ';

/** Where one server takes the order to cut a connection. */
export function kickSubject(server: string): string {
  return `$SYS.REQ.SERVER.${server}.KICK`;
}

/** Where servers tell who came to an account, who left it, and whom they did not let in. */
export function connectionSubjects(account: string): { readonly connect: string; readonly disconnect: string; readonly refused: string } {
  return {
    connect: `$SYS.ACCOUNT.${account}.CONNECT`,
    disconnect: `$SYS.ACCOUNT.${account}.DISCONNECT`,
    // Of any account: who is not let in belongs to none.
    refused: '$SYS.SERVER.*.CLIENT.AUTH.ERR',
  };
}

/** Where every server takes new claims of an account. */
export const claimsUpdateSubject = '$SYS.REQ.CLAIMS.UPDATE';

/** Where a server with a full resolver answers with the claims that it has. */
export function claimsLookupSubject(account: string): string {
  return `$SYS.REQ.ACCOUNT.${account}.CLAIMS.LOOKUP`;
}

/** A token for a key that lives in the memory of one hub process, signed by `signer`, which is one of those of its account. */
export function mintHubToken({ keys, role, signer, user }: HubTokenInput, nowMs: number): string {
  const iat = Math.floor(nowMs / 1000);
  const [spokes, hub, sys] = [keys.spokes.publicKey, keys.hub.publicKey, keys.sys.publicKey];
  const { account, name, rights } =
    role === 'hub'
      ? { account: hub, name: 'hub', rights: hubRights }
      : { account: sys, name: 'hub-sys', rights: sysRights({ spokes, hub, sys }) };
  const nats = { type: 'user', version: 2, issuer_account: account, subs: -1, data: -1, payload: -1, ...rights } as const;
  return signToken(signer, { iat, exp: iat + hubTokenLifeSeconds, sub: user.publicKey, name, nats });
}

export interface HubTokenInput {
  readonly keys: KeyRing;
  readonly role: HubRole;
  readonly signer: KeyPair;
  readonly user: KeyPair;
}
