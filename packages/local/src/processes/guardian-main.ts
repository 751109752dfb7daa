import { existsSync } from 'node:fs';
import type { GuardianOrder } from './guardian.ts';
import { ProcessRegistry, type ProcessRegistryOptions } from './process-registry.ts';

/** Runs when a parent has ended without stopping its children. A home directory that is gone was cleaned up by its owner. */
const order = JSON.parse(process.argv[2] ?? '') as GuardianOrder & Pick<ProcessRegistryOptions, 'adopted'>;
if (existsSync(order.dir)) await new ProcessRegistry(order).stopLeftovers({ parent: order.parent });
