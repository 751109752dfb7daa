import { afterEach, beforeEach, describe } from 'vitest';
import type { Context, HubAndSpoke } from './contract/contract-context.ts';
import { describeAppend } from './contract/describe-append.ts';
import { describeFollow } from './contract/describe-follow.ts';
import { describeMessages } from './contract/describe-messages.ts';
import { describeRepetition } from './contract/describe-repetition.ts';
import { describeReports } from './contract/describe-reports.ts';

/** What every Bus must do. The memory bus and the NATS bus call this from their own test files. */
export function describeBusContract(name: string, createHubAndSpoke: () => Promise<HubAndSpoke>): void {
  describe(`bus contract: ${name}`, () => {
    let fleet: HubAndSpoke;
    let stop: AbortController;
    beforeEach(async () => {
      fleet = await createHubAndSpoke();
      stop = new AbortController();
    });
    afterEach(async () => {
      stop.abort();
      await fleet.close();
    });
    const use = (): Context => ({ ...fleet, signal: stop.signal });
    describe('append', () => describeAppend(use));
    describe('an attempt that is repeated', () => describeRepetition(use));
    describe('follow', () => describeFollow(use));
    describe('reports and outcomes', () => describeReports(use));
    describe('messages that are not stored', () => describeMessages(use));
  });
}
