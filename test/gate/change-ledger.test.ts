import { describe, expect, test } from 'vitest';
import { ChangeLedger, contentsGoneBack, wrongPolicies, type SentChange } from '../bench/change-ledger.ts';

const row = (policy: string, reportedRevision: number, revision = reportedRevision, state = 'Applied') => ({
  ...{ policy, reportedRevision, revision, state },
});

/** Three changes of one policy, accepted as revisions 1, 2 and 3. */
function threeSent(): { readonly ledger: ChangeLedger; readonly changes: readonly SentChange[] } {
  const ledger = new ChangeLedger();
  const changes = [1, 2, 3].map((revision) => {
    const change = ledger.send('p', revision);
    ledger.accept(change, revision);
    return change;
  });
  return { ledger, changes };
}

describe('the account of sustained changes', () => {
  test('a change that a later one replaced before it was told is superseded', () => {
    const { ledger, changes } = threeSent();
    ledger.see(row('p', 1, 3, 'Pending'), 10);
    ledger.see(row('p', 3), 20);
    expect(changes.map(({ fate, settledMs }) => [fate, settledMs])).toEqual([
      ['applied', 10],
      ['superseded', 20],
      ['applied', 20],
    ]);
    expect(ledger.open).toBe(0);
  });

  test('a change that is told before the hub has answered the call is settled when it was told', () => {
    const ledger = new ChangeLedger();
    const change = ledger.send('p', 0);
    ledger.see(row('p', 1), 10);
    expect(ledger.open).toBe(1);
    ledger.accept(change, 1);
    expect([change.fate, change.settledMs]).toEqual(['applied', 10]);
  });

  test('a change that was refused or not told stays open', () => {
    const { ledger, changes } = threeSent();
    ledger.see(row('p', 3, 3, 'Refused'), 10);
    ledger.see(row('q', 3), 10);
    expect(changes.map(({ fate }) => fate)).toEqual(['open', 'open', 'open']);
  });

  test('an older revision after a newer one has gone back, at the hub and in the cluster', () => {
    const { ledger, changes } = threeSent();
    for (const revision of [1, 3, 2, 3]) ledger.see(row('p', revision, 3), 10);
    expect(ledger.goneBack).toBe(1);
    expect(contentsGoneBack(changes, new Map([['p', [0, 2, 1, 1, 2]]]))).toBe(1);
    expect(contentsGoneBack(changes, new Map([['p', [0, 1, 1, 2]]]))).toBe(0);
  });

  test('an object that does not show the last revision in the end is wrong, and so is one that is not there', () => {
    const { changes } = threeSent();
    const wrong = (numbers: readonly number[]) => wrongPolicies(changes, new Map([['p', numbers]]));
    expect([wrong([0, 2]), wrong([2, 1]), wrong([]), wrongPolicies(changes, new Map())]).toEqual([[], ['p'], ['p'], ['p']]);
  });
});
