import { setTimeout as sleep } from 'node:timers/promises';
import { benchNamespace, benchSelector, putPolicy } from './bench-fleet.ts';
import type { ChangeLedger } from './change-ledger.ts';
import { incompressible } from './publish-changes.ts';
import type { RestClient } from './rest-client.ts';

export interface Offer {
  readonly count: number;
  readonly everyMs: number;
  /** The next change waits while so many are on their way: a fleet that cannot keep up is offered less, and not drowned. */
  readonly openMax: number;
}

const distinctPolicies = 1_000;
const hotPolicies = 20;
/** Few at a time and many times in a row, so that some are replaced before they are in. */
const hotAtOnce = 4;
const hotInRow = 25;
const bytes = 1_000;
const settleMsMax = 60_000;
const lookEveryMs = 2;

/** Half of the changes go to a thousand policies in turn, half to twenty. */
export function policyOfChange(n: number): string {
  const half = Math.floor(n / 2);
  if (n % 2 === 0) return `wide-${half % distinctPolicies}`;
  const round = Math.floor(half / (hotAtOnce * hotInRow));
  return `hot-${(round * hotAtOnce + (half % hotAtOnce)) % hotPolicies}`;
}

/** Sends the changes at their pace and waits until all are settled, or nothing more may be expected. Returns how many per second were sent. */
export async function offerChanges(hub: RestClient, ledger: ChangeLedger, { count, everyMs, openMax }: Offer): Promise<number> {
  const startedAt = performance.now();
  const calls: Promise<void>[] = [];
  const lastCalls = new Map<string, Promise<void>>();
  for (let n = 0; n < count; n += 1) {
    const waitMs = startedAt + n * everyMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    if (!(await untilOpen(ledger, openMax - 1))) break;
    const policy = policyOfChange(n);
    // Whoever writes the same policy again has the answer to his last call: of two calls at once the hub may refuse one.
    await lastCalls.get(policy);
    const call = sendChange(hub, ledger, policy);
    // A rejection is met below, after the pace is kept.
    call.catch(() => undefined);
    lastCalls.set(policy, call);
    calls.push(call);
  }
  const perSecond = calls.length / ((performance.now() - startedAt) / 1_000);
  await Promise.all(calls);
  await untilOpen(ledger, 0);
  return perSecond;
}

async function sendChange(hub: RestClient, ledger: ChangeLedger, policy: string): Promise<void> {
  const change = ledger.send(policy, performance.now());
  const metadata = { name: policy, namespace: benchNamespace };
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { n: String(change.n), text: incompressible(bytes) } };
  ledger.accept(change, await putPolicy(hub, policy, { clusterSelector: benchSelector, objects: [{ id: 'one', manifest }] }));
}

/** False when it takes so long that something must be lost. */
async function untilOpen(ledger: ChangeLedger, most: number): Promise<boolean> {
  const endMs = performance.now() + settleMsMax;
  while (ledger.open > most) {
    if (performance.now() > endMs) return false;
    await sleep(lookEveryMs);
  }
  return true;
}
