import type { FleetFixture } from './fleet-fixture.ts';

/** A cluster whose connection ended is offline after 3 s, one that is silent after 8 s. */
const toldWithinMs = 10_000;

/** Looks at every cluster as often as the hub answers, and remembers each time that one was not connected. */
export class PresenceWatch {
  readonly #fixture: FleetFixture;
  readonly #offline = new Set<string>();
  readonly #looking: Promise<void>;
  #endMs = Number.POSITIVE_INFINITY;

  constructor(fixture: FleetFixture) {
    this.#fixture = fixture;
    this.#looking = this.#look();
  }

  /** Looks on until the hub would have told of everything, and ends. What it saw: `cluster connection reason`, nothing when all were connected. */
  async stop(): Promise<readonly string[]> {
    this.#endMs = performance.now() + toldWithinMs;
    await this.#looking;
    return [...this.#offline];
  }

  async #look(): Promise<void> {
    while (performance.now() < this.#endMs) {
      const { status, body } = await this.#fixture
        .hub('GET', '/apis/accord.dev/v1alpha1/clusters')
        .catch(() => ({ status: 0, body: undefined }));
      // A hub that starts again says nothing of anybody.
      if (status === 200) this.#see(body as Listed);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #see({ items }: Listed): void {
    for (const { metadata, status } of items)
      if (status.connection === 'offline') this.#offline.add(`${metadata.name} ${status.connection} ${status.conditions[0]?.reason}`);
  }
}

interface Listed {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status: { readonly connection: string; readonly conditions: readonly { readonly reason: string }[] };
  }[];
}
