import { generate } from 'selfsigned';

/** PEM texts; the key is a secret. */
export interface ServingCertificate {
  readonly key: string;
  readonly cert: string;
}

const dayMs = 86_400_000;
const validDays = 3_650;

/** A certificate of the hub's own for the loopback, which callers pin by having it as their authority. */
export async function createServingCertificate(nowMs: number): Promise<ServingCertificate> {
  const made = await generate([{ name: 'commonName', value: 'accord-hub' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A day of the past, for clocks that differ.
    notBeforeDate: new Date(nowMs - dayMs),
    notAfterDate: new Date(nowMs + validDays * dayMs),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
