import { requireStream } from '../require-stream.ts';
import type { Link } from './link.ts';

/** Takes what matches out of its stream. Rejects with `not-found` when there is no such stream. */
export async function purge(link: Link, filter: string): Promise<void> {
  await link.api(`STREAM.PURGE.${requireStream(filter)}`, { filter }, `purge ${filter}`);
}
