import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { isTrustedBy, readCertificates } from './certificate-chain.ts';
import { createAuthority, createServingCertificate, type ServingCertificate } from './self-signed.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** What the hub and its bus show to callers, and whom callers have to trust for it. */
export interface Serving extends ServingCertificate {
  /** PEM of the authority; undefined where everybody trusts it. */
  readonly ca: string | undefined;
}

/** Paths of PEM files, for a hub with a certificate of its owner's. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly ca: string | undefined;
}

const renewBeforeMs = 30 * 86_400_000;

/**
 * The certificate for these names: the owner's, or one that an authority of this hub has signed. The authority is made once, and the
 * certificate anew when names come or its end is near, so that whoever pins the authority has nothing to do.
 *
 * Rejects with `invalid` when the owner's does not name all of them or nobody would trust it.
 */
export async function openServing(
  dataDir: string,
  { names, files }: { readonly names: readonly string[]; readonly files: TlsFiles | undefined },
  nowMs: number,
): Promise<Serving> {
  if (files !== undefined) return readServing(files, names);
  const authority = await readOrMake(
    join(dataDir, 'keys', 'authority.json'),
    () => true,
    () => createAuthority(nowMs),
  );
  const isGood = ({ cert }: ServingCertificate): boolean => servesStill(cert, { names, authority: authority.cert, nowMs });
  const made = () => createServingCertificate(nowMs, names, authority);
  return { ...(await readOrMake(join(dataDir, 'keys', 'serving.json'), isGood, made)), ca: authority.cert };
}

/** Whether the certificate has these names, comes from that authority, and does not end soon. */
export function servesStill(
  cert: string,
  { names, authority, nowMs }: { readonly names: readonly string[]; readonly authority: string; readonly nowMs: number },
): boolean {
  const certificate = new X509Certificate(cert);
  const isNear = certificate.validToDate.getTime() < nowMs + renewBeforeMs;
  return !isNear && names.every((name) => isFor(certificate, name)) && isTrustedBy([certificate], readCertificates(authority));
}

async function readOrMake(
  path: string,
  isGood: (known: ServingCertificate) => boolean,
  make: () => Promise<ServingCertificate>,
): Promise<ServingCertificate> {
  const text = readPrivateFile(path);
  const known = text === undefined ? undefined : (JSON.parse(text) as ServingCertificate);
  if (known !== undefined && isGood(known)) return known;
  const made = await make();
  writePrivateFile(path, `${JSON.stringify(made)}\n`);
  return made;
}

function readServing(files: TlsFiles, names: readonly string[]): Serving {
  const [cert, key] = [readText('--tls-cert', files.cert), readText('--tls-key', files.key)];
  const ca = files.ca === undefined ? undefined : readText('--tls-ca', files.ca);
  const chain = parsed('--tls-cert', files.cert, () => readCertificates(cert));
  const authorities = ca === undefined ? undefined : parsed('--tls-ca', files.ca ?? '', () => readCertificates(ca));
  const [leaf] = chain;
  const privateKey = parsed('--tls-key', files.key, () => createPrivateKey(key));
  if (leaf?.checkPrivateKey(privateKey) !== true)
    throw new CodedError('invalid', `the key in ${files.key} is not that of the certificate in ${files.cert}`, {
      help: 'Give both files of one pair: --tls-cert FILE --tls-key FILE',
    });
  const missing = names.filter((name) => !isFor(leaf, name));
  if (missing.length > 0)
    throw new CodedError('invalid', `the certificate in ${files.cert} is not for ${missing.join(', ')}, where clusters dial the bus`, {
      help: 'Have one issued with these names, or name others with --nats-advertise HOST:PORT',
    });
  if (!isTrustedBy(chain, authorities))
    throw new CodedError('invalid', `no cluster would trust the certificate in ${files.cert}`, {
      help: 'Put the certificates between it and its authority behind it in that file, and give the authority, unless everybody trusts it: --tls-ca FILE',
    });
  return { cert, key, ca };
}

function isFor(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

function readText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CodedError('not-found', `${option} ${path} cannot be read: ${(cause as Error).message}`, {
      cause,
      help: `Name a PEM file that this process may read: ${option} FILE`,
    });
  }
}

function parsed<T>(option: string, path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new CodedError('invalid', `${option} ${path} holds no PEM of that kind: ${(cause as Error).message}`, {
      cause,
      help: `Name a PEM file: ${option} FILE`,
    });
  }
}
