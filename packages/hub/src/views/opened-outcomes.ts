import type { ClusterFact } from '@accord/core/registry/facts';
import { sha256 } from '@accord/proto/canonical';
import type { Signed } from '@accord/proto/messages';
import { openByItsKeys } from './open-by-its-keys.ts';

interface Opened {
  readonly cluster: ClusterFact;
  readonly signed: Signed;
}

/** Outcomes that are remembered; the last of three readers is a tenth of a second behind the first. */
const keptMax = 1_000;
const keptBytesMax = 4 * 1024 * 1024;

/** Opens outcomes, each of which comes live, from the stream, and to the recorder: its signature is verified once. */
export class OpenedOutcomes {
  readonly #opened = new Map<string, Opened>();
  #keptBytes = 0;

  /** Rejects like `openReport`. What was refused is looked at again each time. */
  open(cluster: ClusterFact, subject: string, bytes: Uint8Array): Signed {
    const name = `${subject} ${Buffer.from(sha256(bytes)).toString('base64')}`;
    const known = this.#opened.get(name);
    // Another fact of the cluster may name other keys.
    if (known?.cluster === cluster) return known.signed;
    const signed = openByItsKeys(cluster, subject, bytes);
    this.#forget(name);
    this.#opened.set(name, { cluster, signed });
    this.#keptBytes += signed.body.length;
    for (const oldest of this.#opened.keys()) {
      if (this.#opened.size <= keptMax && this.#keptBytes <= keptBytesMax) break;
      this.#forget(oldest);
    }
    return signed;
  }

  #forget(name: string): void {
    this.#keptBytes -= this.#opened.get(name)?.signed.body.length ?? 0;
    this.#opened.delete(name);
  }
}
