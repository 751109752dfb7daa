import type { ClusterNamespace } from '@accord/core/desired/fan-out';
import type { PolicyName } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { NamespaceChanges } from './namespace-changes.ts';

const [shop, pay] = ['shop', 'pay'] as PolicyName[] as [PolicyName, PolicyName];
const namespace = (team: string, change: Partial<ClusterNamespace> = {}): ClusterNamespace => ({
  ...{ name: 'n', labels: { team, 'accord.dev/allow': 'true' }, isTerminating: false },
  ...change,
});
const closed = (team: string): ClusterNamespace => namespace(team, { labels: { team } });

/** Two policies, each of which follows the namespaces of its team. */
function world() {
  const clock = new ManualClock(1_000_000);
  const marked: PolicyName[] = [];
  const selectors = [shop, pay].map((name) => [name, { selector: { matchLabels: { team: name } } }] as const);
  const changes = new NamespaceChanges(
    { selectors: () => selectors, mark: (policies) => marked.push(...policies), clock },
    new AbortController().signal,
  );
  const elapse = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { changes, elapse, marked: () => marked.splice(0).join(' ') };
}

describe('a change of a namespace', () => {
  const rows: [claim: string, before: ClusterNamespace | undefined, after: ClusterNamespace | undefined, atOnce: string, later: string][] =
    [
      [
        'that comes and matches wakes its policy, and once more when the server has seen it as well',
        undefined,
        namespace('shop'),
        'shop',
        'shop',
      ],
      ['that comes and matches nothing wakes nobody', undefined, namespace('other'), '', ''],
      ['that is opened wakes its policy', closed('shop'), namespace('shop'), 'shop', 'shop'],
      [
        'that goes from one team to another: who gains acts at once, who loses waits',
        namespace('shop'),
        namespace('pay'),
        'pay',
        'pay shop',
      ],
      ['that is being deleted wakes its policy at once', namespace('shop'), namespace('shop', { isTerminating: true }), 'shop', 'shop'],
      ['that is gone at last wakes nobody any more', namespace('shop', { isTerminating: true }), undefined, '', ''],
      [
        'that changes a label for which nobody asks wakes nobody',
        namespace('shop'),
        namespace('shop', { labels: { ...namespace('shop').labels, a: 'b' } }),
        '',
        '',
      ],
    ];
  test.each(rows)('%s', async (_claim, before, after, atOnce, later) => {
    const { changes, elapse, marked } = world();
    changes.onChange(before, after);
    expect(marked()).toBe(atOnce);
    await elapse(1_000);
    expect(marked().split(' ').toSorted().join(' ')).toBe(later);
  });

  test('that stops to match keeps its policy from removing anything until a second has passed without another one', async () => {
    const { changes, elapse, marked } = world();
    changes.onChange(namespace('shop'), namespace('other'));
    await elapse(600);
    changes.onChange(namespace('shop', { name: 'm' }), namespace('other', { name: 'm' }));
    await elapse(600);
    expect([changes.isLosing(shop), changes.isLosing(pay), marked()]).toEqual([true, false, '']);
    await elapse(600);
    expect([changes.isLosing(shop), marked()]).toEqual([false, 'shop']);
  });

  test('after change does not hold removals for ever', async () => {
    const { changes, elapse } = world();
    for (let at = 0; at < 20 && (at === 0 || changes.isLosing(shop)); at += 1) {
      changes.onChange(namespace('shop'), namespace('other'));
      await elapse(600);
      if (at === 19) expect.unreachable('removals were held for 12 s');
    }
    expect(changes.isLosing(shop)).toBe(false);
  });
});
