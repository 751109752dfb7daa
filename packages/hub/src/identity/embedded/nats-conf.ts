import { join } from 'node:path';
import type { AccountName, RealmClaims } from '../claims-files.ts';
import { hostPort, type Listen } from './bus-address.ts';

/** `nats.conf` of a server beside the hub. deploy/nats/embedded.conf is the same text, with reasons. */
export function renderNatsConf({ dir, listen }: { readonly dir: string; readonly listen: Listen }): string {
  return `server_name: accord-embedded
listen: ${JSON.stringify(hostPort(listen))}
include "accounts.conf"

tls {
  cert_file: ${JSON.stringify(join(dir, 'tls.crt'))}
  key_file: ${JSON.stringify(join(dir, 'tls.key'))}
  handshake_first: true
  min_version: "1.3"
  timeout: 10
}

jetstream {
  store_dir: ${JSON.stringify(join(dir, 'js'))}
  sync_interval: always
  max_mem: 64MB
  max_file: 20GB
}

max_payload: 2MB
max_pending: 16MB
max_control_line: 16KB
write_deadline: "10s"
ping_interval: "20s"
ping_max: 2
`;
}

export interface AccountsConf {
  readonly dir: string;
  readonly claims: RealmClaims;
  readonly publicKeys: Readonly<Record<AccountName, string>>;
}

/** `accounts.conf`: public claims only, no secret. The preload must be what was pushed last, because the newer claims win at a start. */
export function renderAccountsConf({ dir, claims, publicKeys }: AccountsConf): string {
  return `operator: ${claims.operator}
system_account: ${publicKeys.SYS}
resolver {
  type: full
  dir: ${JSON.stringify(join(dir, 'jwt'))}
  allow_delete: false
  interval: "2m"
}
resolver_preload {
  ${publicKeys.SYS}: ${claims.SYS}
  ${publicKeys.HUB}: ${claims.HUB}
  ${publicKeys.SPOKES}: ${claims.SPOKES}
}
`;
}

/** The token of the operator in such a text: a server that was started with it knows no other. */
export function operatorIn(accountsConf: string): string | undefined {
  return /^operator: (\S+)$/m.exec(accountsConf)?.[1];
}
