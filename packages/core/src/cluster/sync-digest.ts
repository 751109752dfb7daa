import { sha256 } from '@accord/proto/canonical';

export interface Position {
  readonly anchor: string;
  readonly epoch: number;
  readonly version: number;
}

/** One value for everything that a cluster follows: the spoke says what it has, the hub knows what it should be. */
export function syncDigest(positions: Iterable<Position>): Uint8Array {
  const lines = [...positions]
    .filter(({ version }) => version > 0)
    .map(({ anchor, epoch, version }) => `${anchor}\0${epoch}\0${version}\n`);
  return sha256(lines.toSorted().join(''));
}
