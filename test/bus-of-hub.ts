import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BusPlace } from '@accord/bus/bus';

/** The bus of a hub as its data directory says where it is, also while the hub is down. */
export function busOfHub(dataDir: string): BusPlace {
  const { natsUrl, ca } = JSON.parse(readFileSync(join(dataDir, 'hub.json'), 'utf8')) as { readonly natsUrl: string; readonly ca: string };
  return { servers: [natsUrl], ca };
}
