import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { createKeyPair, parseSeed, type KeyPair, type KeyType } from '@accord/proto/keys';
import { ensurePrivateDirectory, readPrivateFile, renamePrivateFile, writePrivateFile } from './private-file.ts';

/** Each key with its file and its type. Identity keys of accounts sign nothing; what signs is a key beside them. */
const keyFiles = {
  operator: ['operator.nk', 'operator'],
  operatorSigning: ['operator-signing.nk', 'operator'],
  sys: ['sys.nk', 'account'],
  sysSigning: ['sys-signing.nk', 'account'],
  hub: ['hub.nk', 'account'],
  hubSigning: ['hub-signing.nk', 'account'],
  spokes: ['spokes.nk', 'account'],
  spokesScope: ['spokes-scope.nk', 'account'],
  // A plain Ed25519 key: NATS never sees it. It needs some prefix, and one that no account or operator can have.
  desired: ['desired.nk', 'user'],
} as const satisfies Readonly<Record<string, readonly [file: string, type: KeyType]>>;

export type KeyName = keyof typeof keyFiles;

/** Keys that are replaced while the hub runs. Identity keys of accounts are not: streams belong to them, and they sign nothing. */
const replacedKeys = ['operator', 'operatorSigning', 'sysSigning', 'hubSigning', 'spokesScope', 'desired'] as const;
type Replaced = (typeof replacedKeys)[number];

/** What takes the place of a key: both count until it has. */
type NextKeys = { readonly [Name in Replaced as `${Name}Next`]?: KeyPair };
export type KeyRing = Readonly<Record<KeyName, KeyPair>> & NextKeys;
/** For whoever replaces a key: who holds the ring sees the change. */
export type ChangingKeyRing = { -readonly [Name in keyof KeyRing]: KeyRing[Name] };

/**
 * Reads the private keys of a realm, and makes those that are missing when `mayCreate`.
 *
 * Rejects with `not-found` when one is missing and may not be made: a new key beside old claims would lock out everybody who holds a token.
 */
export function openKeyRing(dir: string, { mayCreate }: { readonly mayCreate: boolean }): KeyRing {
  ensurePrivateDirectory(dir);
  const names = Object.keys(keyFiles) as KeyName[];
  const keys = Object.fromEntries(names.map((name) => [name, openKey(dir, name, mayCreate)])) as Record<KeyName, KeyPair>;
  const next: NextKeys = Object.fromEntries(replacedKeys.flatMap((name) => openNext(dir, name) ?? []));
  return { ...keys, ...next };
}

/** Makes the key that is to take the place of this one, for `openKeyRing` to find. */
export function makeNextKey(dir: string, name: Replaced): KeyPair {
  const pair = createKeyPair(keyFiles[name][1]);
  writePrivateFile(nextFile(dir, name), `${pair.seed}\n`);
  return pair;
}

/** The next key is the only one from now on. */
export function adoptNextKey(dir: string, name: Replaced): void {
  renamePrivateFile(nextFile(dir, name), join(dir, keyFiles[name][0]));
}

function openNext(dir: string, name: Replaced): readonly [[name: `${Replaced}Next`, pair: KeyPair]] | undefined {
  const path = nextFile(dir, name);
  const seed = readPrivateFile(path);
  return seed === undefined ? undefined : [[`${name}Next`, parseFile(path, keyFiles[name][1], seed)]];
}

function nextFile(dir: string, name: Replaced): string {
  return join(dir, keyFiles[name][0].replace(/\.nk$/, '.next.nk'));
}

function openKey(dir: string, name: KeyName, mayCreate: boolean): KeyPair {
  const [file, type] = keyFiles[name];
  const path = join(dir, file);
  const seed = readPrivateFile(path);
  if (seed !== undefined) return parseFile(path, type, seed);
  if (!mayCreate) {
    const help =
      'Restore keys and claims from the same backup. Without one, move the whole data directory away: all clusters must join again.';
    throw new CodedError('not-found', `The key ${path} is missing, but claims that need it exist.`, { help });
  }
  const pair = createKeyPair(type);
  writePrivateFile(path, `${pair.seed}\n`);
  return pair;
}

function parseFile(path: string, type: KeyType, seed: string): KeyPair {
  try {
    return parseSeed(type, seed);
  } catch (cause) {
    // The message of the cause never holds the seed.
    throw new CodedError('invalid', `${path} holds no ${type} seed.`, { cause, help: 'Restore it from a backup.' });
  }
}
