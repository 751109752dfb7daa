import { isIP } from 'node:net';
import { generate } from 'selfsigned';

/** PEM texts; the key is a secret. */
export interface ServingCertificate {
  readonly key: string;
  readonly cert: string;
}

const dayMs = 86_400_000;
const validDays = 3_650;
const ec = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
const loopback = ['localhost', '127.0.0.1', '::1'];

/** What signs the certificates of one hub. Callers pin it, so that names may be added to those without their hearing of it. */
export async function createAuthority(nowMs: number): Promise<ServingCertificate> {
  const made = await generate([{ name: 'commonName', value: 'accord-hub authority' }], {
    ...ec,
    ...validFrom(nowMs),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** A certificate of the hub's own for the loopback and these names or addresses. Without an authority callers pin it itself. */
export async function createServingCertificate(
  nowMs: number,
  names: readonly string[] = [],
  authority?: ServingCertificate,
): Promise<ServingCertificate> {
  const altNames = [...new Set([...loopback, ...names])].map((name) =>
    isIP(name) === 0 ? ({ type: 2, value: name } as const) : ({ type: 7, ip: name } as const),
  );
  const made = await generate([{ name: 'commonName', value: 'accord-hub' }], {
    ...ec,
    ...validFrom(nowMs),
    ...(authority !== undefined && { ca: authority }),
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key: made.private, cert: made.cert };
}

/** From a day of the past on, for clocks that differ. */
function validFrom(nowMs: number): { readonly notBeforeDate: Date; readonly notAfterDate: Date } {
  return { notBeforeDate: new Date(nowMs - dayMs), notAfterDate: new Date(nowMs + validDays * dayMs) };
}
