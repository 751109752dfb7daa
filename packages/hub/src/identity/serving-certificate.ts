import { join } from 'node:path';
import { createServingCertificate, type ServingCertificate } from './self-signed.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** The certificate under which this hub serves TLS on the loopback. Made once, so that kubeconfigs which pin it stay good. */
export async function ensureServingCertificate(dataDir: string, nowMs: number): Promise<ServingCertificate> {
  const path = join(dataDir, 'keys', 'serving.json');
  const known = readPrivateFile(path);
  if (known !== undefined) return JSON.parse(known) as ServingCertificate;
  const made = await createServingCertificate(nowMs);
  writePrivateFile(path, `${JSON.stringify(made)}\n`);
  return made;
}
