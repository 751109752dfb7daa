import { isDeepStrictEqual } from 'node:util';
import type { FleetFixture } from './fleet-fixture.ts';

/** Somebody who changes one policy over and over, and makes a change again that was refused. */
export class PolicyTraffic {
  readonly #fixture: FleetFixture;
  readonly #name: string;
  readonly #accepted: number[] = [];
  #isOver = false;
  readonly #writing: Promise<void>;
  /** Writes that the hub refused, or whose answer did not come. */
  refused = 0;

  constructor(fixture: FleetFixture, name: string) {
    this.#fixture = fixture;
    this.#name = name;
    this.#writing = this.#write();
  }

  /** Revisions that the hub accepted. */
  get accepted(): readonly number[] {
    return this.#accepted;
  }

  /** Resolves when every cluster has the last change, under the number that it was accepted with. */
  async stop(clusters: readonly string[]): Promise<void> {
    this.#isOver = true;
    await this.#writing;
    await this.#fixture.untilApplied(this.#name, this.#accepted.at(-1) ?? 0, clusters);
    const wanted = { word: `word-${this.#accepted.length - 1}` };
    for (const cluster of clusters) {
      const { body } = await this.#fixture.kube(cluster, 'GET', `/api/v1/namespaces/${this.#name}/configmaps/said`);
      const { data } = body as { readonly data: object };
      if (!isDeepStrictEqual(data, wanted)) throw new Error(`${cluster} has ${JSON.stringify(data)} and not ${wanted.word}`);
    }
  }

  async #write(): Promise<void> {
    while (!this.#isOver) {
      const configMaps = [{ name: 'said', data: { word: `word-${this.#accepted.length}` } }];
      try {
        this.#accepted.push(await this.#fixture.put(this.#name, { clusterSelector: {}, namespaces: [{ name: this.#name, configMaps }] }));
      } catch {
        this.refused += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
