import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writePrivate } from '../write-private.ts';

/** Bearer tokens of one API server. They live as long as the cluster's directory. */
export interface AccessTokens {
  /** For the fleet itself: installs the spoke and mints its token. */
  readonly installer: string;
  /** For a person: written to the kubeconfig. */
  readonly person: string;
  readonly controllerManager: string;
}

interface TokenUser {
  readonly name: keyof AccessTokens;
  readonly user: string;
  readonly groups: string;
}

const users: readonly TokenUser[] = [
  { name: 'installer', user: 'accord-local-installer', groups: 'system:masters' },
  { name: 'person', user: 'admin', groups: 'system:masters' },
  // The built-in bindings of Kubernetes name exactly this user.
  { name: 'controllerManager', user: 'system:kube-controller-manager', groups: '' },
];

/** Reads or makes the file for `--token-auth-file`: one line `token,user,uid,"groups"` for each user. */
export function ensureAccessTokens(path: string): AccessTokens {
  const known = existsSync(path) ? readTokens(path) : {};
  const token = (name: keyof AccessTokens) => known[name] ?? randomBytes(24).toString('base64url');
  const tokens = { installer: token('installer'), person: token('person'), controllerManager: token('controllerManager') };
  writePrivate(path, users.map(({ name, user, groups }) => `${tokens[name]},${user},${name},"${groups}"\n`).join(''));
  return tokens;
}

function readTokens(path: string): Partial<Record<string, string>> {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(',')).map(([token, , name]) => [name, token]));
}
