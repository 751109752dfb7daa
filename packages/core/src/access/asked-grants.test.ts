import { describe, expect, test } from 'vitest';
import { askedFault, grantTest, type AskedGrants } from './asked-grants.ts';
import { eachNamespace, renderGrant, type EndingGrant } from './grants-of.ts';

const grant = (kind: string, name: string, more: Partial<EndingGrant> = {}): EndingGrant => ({
  subject: { kind, name },
  role: { kind: 'ClusterRole', name: 'view' },
  namespace: 'shop',
  untilMs: undefined,
  ...more,
});
const known: readonly EndingGrant[] = [
  grant('Group', 'team'),
  grant('User', 'team', { role: { kind: 'Role', name: 'view' } }),
  grant('User', 'a', { namespace: undefined }),
  grant('User', 'b', { namespace: eachNamespace }),
  grant('User', 'c', { namespace: 'pay', untilMs: 10 }),
  { ...grant('ServiceAccount', 'bot'), subject: { kind: 'ServiceAccount', namespace: 'ci', name: 'bot' } },
  grant('Group', 'https://idp/team'),
];
const found = (asked: AskedGrants, nowMs = 0): string =>
  known
    .filter(grantTest(asked, nowMs))
    .map((one) => renderGrant(one).split(':')[0])
    .join(', ');

describe('what is asked for', () => {
  test.each<[AskedGrants, string]>([
    [{ subject: 'team' }, 'Group team, User team'],
    [{ subject: 'Group/team' }, 'Group team'],
    [{ subject: 'ServiceAccount/ci/bot' }, 'ServiceAccount ci/bot'],
    [{ subject: 'ci/bot' }, 'ServiceAccount ci/bot'],
    [{ subject: 'bot' }, ''],
    [{ subject: 'Group/https://idp/team' }, 'Group https'],
    [{ subject: 'Team' }, ''],
    [{ role: 'view', subject: 'team' }, 'Group team, User team'],
    [{ role: 'Role/view' }, 'User team'],
    [{ role: 'edit' }, ''],
    [{ namespace: 'pay' }, 'User a, User b, User c'],
    [{ namespace: 'other' }, 'User a, User b'],
  ])('%j finds: %s', (asked, names) => expect(found(asked)).toBe(names));

  test('is no grant that is over', () => {
    expect([found({ subject: 'c' }, 9), found({ subject: 'c' }, 10)]).toEqual(['User c', '']);
  });

  test.each<[AskedGrants, string | undefined]>([
    [{ subject: 'ServiceAccount/bot' }, 'Write ServiceAccount/NAMESPACE/NAME.'],
    [{ subject: 'https://idp/team' }, undefined],
    [{ role: 'Clusterole/view' }, 'Did you mean ClusterRole/view?'],
    [{ role: 'x/view' }, 'Write ClusterRole/NAME or Role/NAME.'],
    [{ role: 'system:node' }, undefined],
  ])('%j is refused with: %s', (asked, help) => expect(askedFault(asked)?.help).toBe(help));
});
