import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

/** All certificates of a PEM text, in their order. Throws when there is none, or one that cannot be read. */
export function readCertificates(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new Error('there is no certificate in it');
  return blocks.map((block) => new X509Certificate(block));
}

/** Whether the first of the chain leads, by what stands behind it, to one of the authorities; without any, to one that everybody trusts. */
export function isTrustedBy(chain: readonly X509Certificate[], authorities?: readonly X509Certificate[]): boolean {
  const trusted = authorities ?? rootCertificates.map((pem) => new X509Certificate(pem));
  const [first, ...between] = chain;
  let current = first;
  // Each step uses one up, so a circle ends.
  const left = new Set(between);
  while (current !== undefined) {
    const issued: X509Certificate = current;
    if (trusted.some((authority) => authority.raw.equals(issued.raw) || hasIssued(authority, issued))) return true;
    current = [...left].find((candidate) => hasIssued(candidate, issued));
    if (current !== undefined) left.delete(current);
  }
  return false;
}

function hasIssued(issuer: X509Certificate, issued: X509Certificate): boolean {
  return issued.checkIssued(issuer) && issued.verify(issuer.publicKey);
}
