import { parseIntent } from '@accord/proto/subjects';
import type { AcceptedChange, AuditEntry, FactHistory } from './fact-history.ts';
import type { ShownHistory, ShownProjection } from './views.ts';

/** What happened to the objects that a caller sees, and what he did himself. */
export class LimitedHistory implements ShownHistory {
  readonly #whole: FactHistory;
  readonly #projection: ShownProjection;
  readonly #actor: string;

  constructor(whole: FactHistory, projection: ShownProjection, actor: string) {
    this.#whole = whole;
    this.#projection = projection;
    this.#actor = actor;
  }

  changes(): readonly AcceptedChange[] {
    const isSeen = this.#seen();
    return this.#whole.changes().filter(({ subject }) => isSeen(subject));
  }

  change(id: string): AcceptedChange | undefined {
    const change = this.#whole.change(id);
    return change !== undefined && this.#seen()(change.subject) ? change : undefined;
  }

  audit(): readonly AuditEntry[] {
    const isSeen = this.#seen();
    // Refusals name a path of the request, which is nobody's business but the caller's.
    return this.#whole
      .audit()
      .filter(({ actor, object, result }) => actor === this.#actor || (result === 'stored' && isSeen(`intent.${object}`)));
  }

  #seen(): (subject: string) => boolean {
    const { policies, clusters } = this.#projection.registry;
    return (subject) => {
      const place = parseIntent(subject);
      if (place?.kind === 'policy') return policies.has(place.id as never);
      return place?.kind === 'cluster' && clusters.has(place.id as never);
    };
  }
}
