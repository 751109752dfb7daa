import {
  aboutGroup,
  planProperty,
  propertyNames,
  type PropertyName,
  type StandingProperty,
} from '@accord/core/registry/cluster-properties';
import type { JsonObject } from '@accord/proto/canonical';
import type { ClusterRecord } from '@accord/proto/cluster';
import { isCoded } from '@accord/proto/coded-error';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import { unsettledOf } from '@accord/runtime/for-each-limited';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { KindRef, Kube, ObjectRef } from '../kube/kube.ts';
import { apiVersionOf } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';

export interface AboutPropertiesDeps {
  readonly kube: Pick<Kube, 'kindOf' | 'get' | 'apply'>;
  readonly cluster: () => ClusterRecord | undefined;
  readonly mayWrite: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Newest first. */
const versions = ['v1', 'v1beta1', 'v1alpha1'];

/**
 * Says in the About API which cluster this is, and in which set, where the owner installed the kind and bound `accord-spoke-about`.
 *
 * Both are the choice of the owner, so that it is no trouble when they are missing. What somebody else wrote stays as it is.
 */
export class AboutProperties {
  readonly #deps: AboutPropertiesDeps;
  readonly loop: Loop<PropertyName>;

  constructor(deps: AboutPropertiesDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop<PropertyName>({
      name: 'properties',
      pass: (names, signal) => unsettledOf(names, 1, (name) => this.#keep(name, signal)),
      allKeys: () => propertyNames,
      everythingMs: 300_000,
      retryMsFirst: 500,
      retryMsMax: 60_000,
      clock,
      log,
    });
  }

  /** The record of this cluster says something else, or a kind may be served that was not. */
  mark(): void {
    for (const name of propertyNames) this.loop.mark(name);
  }

  async #keep(name: PropertyName, signal: AbortSignal): Promise<boolean> {
    const { kube, cluster, mayWrite, log } = this.#deps;
    const record = cluster();
    if (record === undefined || !mayWrite()) return false;
    try {
      const kind = await this.#kind(signal);
      if (kind === undefined) return true;
      const ref: ObjectRef = { kind, namespace: undefined, name };
      const value = planProperty(name, record, standingOf(await kube.get(ref, signal)));
      if (value === undefined) return true;
      const metadata = { name, labels: { [ownerLabel]: '' }, annotations: { [originAnnotation]: 'Created' } };
      const answer = await kube.apply(ref, { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata, spec: { value } }, {}, signal);
      if (!('meta' in answer)) log.info('a ClusterProperty was not written', { name, because: answer.because });
      return 'meta' in answer;
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.info('a ClusterProperty was not looked at', { name, code: error.code, because: error.message });
      return false;
    }
  }

  async #kind(signal: AbortSignal): Promise<KindRef | undefined> {
    for (const version of versions) {
      const kind = await this.#deps.kube.kindOf(`${aboutGroup}/${version}`, 'ClusterProperty', signal);
      if (kind !== undefined) return kind;
    }
    return undefined;
  }
}

function standingOf(object: JsonObject | undefined): StandingProperty | undefined {
  if (object === undefined) return undefined;
  const value = (object['spec'] as JsonObject | undefined)?.['value'];
  return { labels: parseMeta(object).meta.labels, value: typeof value === 'string' ? value : undefined };
}
