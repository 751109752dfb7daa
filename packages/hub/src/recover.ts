import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { lockDataDirectory } from './identity/data-lock.ts';
import { HighWaterFile } from './intent/high-water.ts';

/** What a hub that was killed may have published since its mark was written, and far more: else FLEET would not look lost to the next one. */
const unseenMax = 1_000_000;

/**
 * Explains what a hub that refuses to publish has seen, and with `accept` lets it go on from what the bus holds now.
 *
 * The epoch is kept and raised at the next start, so that clusters remove nothing before a person confirms it.
 */
export async function recover(dataDir: string, accept: boolean): Promise<string> {
  const lock = lockDataDirectory(dataDir);
  try {
    const file = new HighWaterFile(dataDir);
    const { intentSeq, fleetSeq, epoch } = await file.load();
    if (intentSeq === 0) return `This hub has seen nothing yet in ${dataDir}; there is nothing to recover.\n`;
    const seen = `This hub has seen INTENT up to ${intentSeq} and FLEET up to ${fleetSeq}, in epoch ${epoch}.\n`;
    if (!accept) {
      return `${seen}If the streams end before that, the best way is to restore them from a backup into ${join(dataDir, 'nats', 'js')} and to start the hub.\nWithout a backup: accord-hub recover --data ${dataDir} --accept. What people decided after the point to which the bus went back is then gone;\nclusters keep what they have until somebody runs: accord confirm-epoch\n`;
    }
    file.raise({ intentSeq: 0, intentDigest: '', fleetSeq: fleetSeq + unseenMax, epoch });
    await file.flush();
    return `${seen}Accepted. Start the hub: it goes on from what the bus holds, in epoch ${epoch + 1}. Nothing is removed from any cluster until: accord confirm-epoch\n`;
  } catch (error) {
    throw error instanceof CodedError ? error : new CodedError('unavailable', `${dataDir} cannot be used`, { cause: error });
  } finally {
    lock.release();
  }
}
