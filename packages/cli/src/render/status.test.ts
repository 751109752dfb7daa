import type { Fleet, Row } from '@accord/proto/api';
import { describe, expect, test } from 'vitest';
import { plain } from '../terminal.ts';
import { renderStatus } from './status.ts';

const nowMs = Date.parse('2026-11-24T15:00:00.000Z');
const quiet: Fleet = {
  clusters: { total: 3, live: 3, offline: 0, unknown: 0, behind: 0 },
  policies: 2,
  epoch: 1,
  rows: { Applied: 6 },
  heals: [],
  problems: [],
  alarms: [],
};
const change = (id: string, acceptedAt: string, reason = ''): Parameters<typeof renderStatus>[0]['changes'][number] => ({
  id,
  object: `policy/${id.split('@')[0]}`,
  revision: 1,
  actor: 'admin',
  reason,
  source: '',
  type: 'PolicyChanged',
  acceptedAt,
  traceparent: '',
});
const text = (input: Partial<Parameters<typeof renderStatus>[0]>): string =>
  renderStatus({ fleet: quiet, changes: [], nowMs, ...input }, plain).join('\n');

describe('renderStatus', () => {
  test('a quiet fleet needs few lines', () => {
    expect(text({})).toBe(
      [
        'Clusters   3: 3 live',
        'Policies   2: 6 Applied',
        '',
        'Nothing changed in the last 30 minutes.',
        '',
        'Nothing is held up.',
        '',
        'Nobody has changed what policies own.',
      ].join('\n'),
    );
  });

  test('shows what changed lately, newest first, and leaves out what is older', () => {
    const changes = [
      change('a@1', '2026-11-24T14:20:00.000Z'),
      change('b@7', '2026-11-24T14:45:00.000Z', 'INC-7'),
      change('c@2', '2026-11-24T14:59:30.000Z'),
    ];
    expect(text({ changes })).toContain(
      'Changed in the last 30 minutes\n  30s ago   c@2   PolicyChanged   by admin\n  15m ago   b@7   PolicyChanged   by admin: INC-7\n\n',
    );
  });

  test('shows what is held up in sentences, what is offline, and who changed what was healed', () => {
    const fleet: Fleet = {
      ...quiet,
      clusters: { total: 3, live: 1, offline: 1, unknown: 0, behind: 1 },
      rows: { Failed: 1, Applied: 3, Offline: 2 },
      problems: [{ state: 'Failed', sentence: 'b@7 is held up on eu-1: quota. Change it: accord edit policy b' } as Row],
      heals: [
        {
          cluster: 'eu-1',
          policy: 'b',
          object: 'rbac.authorization.k8s.io/RoleBinding/pay/edit',
          manager: 'kubectl-edit',
          operation: 'Update',
          seenAt: '2026-11-24T14:59:00.000Z',
          healedAt: '2026-11-24T14:59:00.012Z',
          reportedAt: '2026-11-24T14:59:00.020Z',
        },
        {
          cluster: 'eu-1',
          policy: 'b',
          object: '/Namespace//pay',
          manager: '',
          operation: 'Delete',
          seenAt: '2026-11-24T14:58:00.000Z',
          healedAt: '2026-11-24T14:58:00.005Z',
          reportedAt: '2026-11-24T14:58:00.020Z',
        },
      ],
    };
    expect(text({ fleet }).split('\n')).toEqual([
      'Clusters   3: 1 live · 1 offline · 1 behind',
      'Policies   2: 3 Applied · 2 Offline · 1 Failed',
      '',
      'Nothing changed in the last 30 minutes.',
      '',
      'Held up',
      '  Failed  b@7 is held up on eu-1: quota. Change it: accord edit policy b',
      '',
      'Healed',
      '  59s ago    eu-1   b   RoleBinding pay/edit   changed (Update) by "kubectl-edit", healed in 12 ms',
      '  119s ago   eu-1   b   Namespace pay          deleted, healed in 5 ms',
    ]);
  });
});
