import { coarseUsage, usageOf } from '@accord/core/usage/quota-usage';
import { isCoded } from '@accord/proto/coded-error';
import { ownerLabel } from '@accord/proto/labels';
import type { QuotaUsage } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube } from '../kube/kube.ts';
import { quotaKind } from '../kube/own-kinds.ts';
import type { OwnedObjects } from './owned-objects.ts';

export interface QuotaReaderDeps {
  readonly kube: Kube;
  /** Where policies have no quota here nothing is asked. */
  readonly owned: Pick<OwnedObjects, 'has'>;
  /** Something else is told from now on. */
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** A quota that fills up is seen so late at most. What others use of it changes without cease, so nothing is watched. */
const everyMs = 60_000;

/** Looks from time to time how full the quotas of policies are. */
export class QuotaReader {
  readonly #deps: QuotaReaderDeps;
  #told: readonly QuotaUsage[] = [];

  constructor(deps: QuotaReaderDeps) {
    this.#deps = deps;
  }

  /** What is told of them now. */
  get usage(): readonly QuotaUsage[] {
    return this.#told;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#deps.clock.sleep(everyMs, signal);
      if (!signal.aborted) await this.#look(signal);
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { kube, owned, onChange, log } = this.#deps;
    try {
      const quotas = owned.has(quotaKind) ? await kube.list(quotaKind, { labelSelector: ownerLabel }, signal) : [];
      const told = coarseUsage(this.#told, quotas.flatMap(usageOf));
      const isNews = JSON.stringify(told) !== JSON.stringify(this.#told);
      this.#told = told;
      if (isNews) onChange();
    } catch (error) {
      if (signal.aborted) return;
      if (!isCoded(error)) throw error;
      log.warn('how full the quotas are cannot be read now', { code: error.code, because: error.message });
    }
  }
}
