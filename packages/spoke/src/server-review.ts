import type { Facts } from '@accord/proto/messages';
import { programVersion } from '@accord/proto/version';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube } from './kube/kube.ts';
import { configMapKind, namespaceKind, ownRef } from './kube/own-kinds.ts';
import { parseMeta } from './kube/parse-meta.ts';
import { stateName } from './state/spoke-state.ts';

export interface ServerReviewDeps {
  readonly kube: Pick<Kube, 'inspect' | 'get'>;
  /** Where the spoke runs. */
  readonly namespace: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the spoke does not read in a loop of its own. */
export type ReviewedFacts = Omit<Facts, 'sealingKeys' | 'capacity' | 'guardrail'>;

interface Seen {
  readonly facts: ReviewedFacts;
  /** What a person should know about this cluster for as long as it holds. */
  readonly alarms: readonly string[];
}

const hourMs = 3_600_000;

/**
 * What the API server says of itself and of the spoke's permissions, and whether it can be believed: looked at at the start, hourly,
 * and when somebody says that it may have changed.
 */
export class ServerReview {
  readonly #deps: ServerReviewDeps;
  #seen: Seen;
  #onChange: () => void = () => undefined;
  readonly #loop: Loop<'server'>;

  private constructor(deps: ServerReviewDeps, seen: Seen) {
    this.#deps = deps;
    this.#seen = seen;
    const { clock, log } = deps;
    this.#loop = new Loop<'server'>({
      name: 'server review',
      pass: (_keys, signal) => this.#pass(signal),
      allKeys: () => ['server'],
      everythingMs: hourMs,
      retryMsFirst: 1_000,
      retryMsMax: 60_000,
      clock,
      log,
    });
  }

  /** Looks once. Rejects as `Kube.inspect` does. */
  static async open(deps: ServerReviewDeps, signal: AbortSignal): Promise<ServerReview> {
    return new ServerReview(deps, await look(deps, signal));
  }

  get facts(): ReviewedFacts {
    return this.#seen.facts;
  }

  alarms(): readonly string[] {
    return this.#seen.alarms;
  }

  /** Has it looked at again soon. */
  mark(): void {
    this.#loop.mark('server');
  }

  /** Goes on until `signal` aborts; `onChange` is called when something is otherwise than before. */
  run(onChange: () => void, signal: AbortSignal): Promise<void> {
    this.#onChange = onChange;
    return this.#loop.run(signal);
  }

  async #pass(signal: AbortSignal): Promise<ReadonlySet<'server'>> {
    const before = JSON.stringify(this.#seen);
    this.#seen = await look(this.#deps, signal);
    if (JSON.stringify(this.#seen) !== before) this.#onChange();
    return new Set();
  }
}

async function look({ kube, namespace }: ServerReviewDeps, signal: AbortSignal): Promise<Seen> {
  const { gitVersion, platform, permissions, nameCollisions } = await kube.inspect(signal);
  const system = await kube.get(ownRef(namespaceKind, '', 'kube-system'), signal);
  const kubeSystemUid = system === undefined ? '' : parseMeta(system).meta.uid;
  // Missing before the first start; the spoke applies it itself, so that it never is without an entry.
  const state = await kube.get(ownRef(configMapKind, namespace, stateName), signal);
  const isBlind = state !== undefined && parseMeta(state).meta.managedFields.length === 0;
  return {
    facts: { kubernetesVersion: gitVersion, platform, spokeVersion: programVersion, kubeSystemUid, permissions },
    alarms: [
      ...nameCollisions.map((name) => `NameCollision ${name}: kubectl shows it instead of ours; use the full name`),
      ...(isBlind ? [blind] : []),
    ],
  };
}

const blind =
  'ManagedFieldsMissing: what the API server answers arrives without managedFields, so that no drift can be told and everything is applied again and again;' +
  ' something on the way takes them out, and the spoke gets around that with:' +
  ' kubectl -n accord-system set env deployment/accord-spoke ACCORD_KUBE_URL=https://HOST:PORT';
