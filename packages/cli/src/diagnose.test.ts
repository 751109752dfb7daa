import type { Row } from '@accord/proto/api';
import { programVersion } from '@accord/proto/version';
import { describe, expect, test } from 'vitest';
import { diagnoseCluster } from './diagnose.ts';
import { renderFindings } from './render/findings.ts';
import { clusterSchema } from './resources.ts';
import { plain } from './terminal.ts';

const well = { connection: 'live', sync: { state: 'current' }, spoke: { version: programVersion, permissions: 'Standard' } };
const findings = (status: object, problems: readonly Row[] = []): readonly string[] =>
  diagnoseCluster(
    clusterSchema.parse({
      metadata: { name: 'eu-1', creationTimestamp: '1970-01-01T00:00:00Z' },
      spec: {},
      status: { ...well, ...status },
    }),
    problems,
    60_000,
  ).map(({ level, text }) => `${level} ${text}`);
const logs = 'look there at its spoke: kubectl -n accord-system logs deploy/accord-spoke';

describe('diagnoseCluster', () => {
  const cases: readonly [name: string, status: object, found: readonly string[]][] = [
    ['a cluster that is well', {}, [`ok live, in sync, spoke ${programVersion}`]],
    ['one that is offline', { connection: 'offline', offlineSince: '1970-01-01T00:00:30Z' }, [`wrong offline for 30s; ${logs}`]],
    [
      'one that is connected and hangs',
      {
        connection: 'offline',
        offlineSince: '1970-01-01T00:00:30Z',
        conditions: [{ type: 'Ready', status: 'False', reason: 'NotAnswering', message: 'x' }],
      },
      [`wrong connected, but its spoke does not answer for 30s: the process hangs; ${logs}`],
    ],
    [
      'one that was revoked, which is as it was wanted',
      {
        connection: 'offline',
        offlineSince: '1970-01-01T00:00:30Z',
        conditions: [{ type: 'Ready', status: 'False', reason: 'Revoked', message: 'The access of eu-1 was revoked.' }],
        alarms: ['somebody knocks'],
      },
      ['warn The access of eu-1 was revoked.', 'warn somebody knocks'],
    ],
    [
      'one that is live and behind',
      { sync: { state: 'behind' } },
      [`wrong live, but behind: it does not have what the hub published last; ${logs}`],
    ],
    [
      'one that is live and stuck',
      { sync: { state: 'stuck' } },
      [`wrong live, but stuck: it takes nothing that is published, also when asked to look again; ${logs}`],
    ],
    ['one that was never heard', { connection: 'unknown' }, [`warn not heard of yet; joined 60s ago; ${logs}`]],
    [
      'an old spoke',
      { spoke: { version: '0.0.1', permissions: 'Standard' } },
      [`warn its spoke is 0.0.1, this program is ${programVersion}; install the same version there: kubectl apply -f deploy/spoke`],
    ],
    [
      'a spoke that may not apply',
      { spoke: { version: programVersion, permissions: 'Observe' } },
      [
        'wrong its spoke has the permissions "Observe", which do not let it apply; on eu-1 run: kubectl apply -f deploy/spoke/rbac.yaml. Or only compare there: accord cluster inform eu-1',
      ],
    ],
    [
      'colliding short names',
      { conditions: [{ type: 'NameCollision', status: 'True', reason: 'ShortName', message: 'accl belongs to acme.io.' }] },
      ['wrong NameCollision (ShortName): accl belongs to acme.io; see more: accord describe cluster eu-1'],
    ],
    ['an alarm', { alarms: ['IndexMissing all'] }, ['wrong IndexMissing all; see more: accord describe cluster eu-1']],
  ];
  test.each(cases)('%s', (_name, status, found) => {
    expect(findings(status)).toEqual(found);
  });

  test('rows that are held up are told in their own sentence, each at its cluster', () => {
    const rows = [
      { cluster: 'eu-1', sentence: 'pay is held up.' },
      { cluster: 'us-1', sentence: 'other' },
    ] as Row[];
    expect(findings({}, rows)).toEqual(['wrong pay is held up.']);
  });
});

describe('renderFindings', () => {
  test('ends in how many things are wrong', () => {
    expect(
      renderFindings(
        [
          { level: 'ok', what: 'hub', text: 'answers' },
          { level: 'wrong', what: 'eu-1', text: 'offline' },
        ],
        plain,
      ),
    ).toEqual(['ok     hub   answers', 'WRONG  eu-1  offline', '', '1 thing is wrong.']);
  });
});
