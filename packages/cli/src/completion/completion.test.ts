import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createProgram } from '../program.ts';
import { bashScript } from './bash-script.ts';
import { completeWords, completingOf } from './complete-words.ts';
import { byOption, byVerb, commandOf } from './wanted-names.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const program = createProgram({ terminal: { print: () => undefined, note: () => undefined } } as never);

const named = (...names: readonly string[]): object => ({ metadata: {}, items: names.map((name) => ({ metadata: { name } })) });
const change = {
  object: 'policy/pay',
  revision: 42,
  actor: 'a',
  reason: '',
  source: '',
  type: 'PolicyChanged',
  acceptedAt: '2026-11-24T15:00:00Z',
  traceparent: '',
};
/** A name that a shell would obey is on the hub as well; it must not be offered, and nothing of it may run. */
const answers: Readonly<Record<string, object>> = {
  '/apis/accord.dev/v1alpha1/clusterpolicies?limit=500': named(
    'pay',
    'pay-more',
    'shop',
    'pay-$(touch /tmp/accord-was-here)',
    'pay`id`',
    'pay\u001b[2J',
  ),
  '/apis/accord.dev/v1alpha1/clusters?limit=500': named('eu-1', 'us-1'),
  '/v1/changes': {
    items: [
      { ...change, id: 'pay@42' },
      { ...change, id: 'pay@41' },
      { ...change, id: 'cluster/eu-1@7' },
    ],
    kept: {},
  },
};

let hub: Server;
beforeAll(async () => {
  hub = createServer((request, response) => response.end(JSON.stringify(answers[request.url ?? ''] ?? {})));
  await once(hub.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => hub.close());

/** What bash offers for each line, as readline asks for it: the program itself answers, started by its own name. */
async function offered(lines: readonly string[], url: string): Promise<readonly string[]> {
  const ask = `source /dev/stdin <<<"$SCRIPT"
    while IFS= read -r LINE; do
      COMP_LINE=$LINE COMP_POINT=\${#LINE}; _accord_completion accord
      printf '%s|' "$LINE"; printf ' %s' "\${COMPREPLY[@]}"; printf '\\n'
    done <<<"$LINES"`;
  const address = { ACCORD_URL: url, ACCORD_TOKEN: 'x', ACCORD_COMPLETION_WAIT: '1m' };
  const env = { PATH: `${root}:${process.env['PATH']}`, SCRIPT: bashScript, LINES: lines.join('\n'), ...address };
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-u', '-c', ask], { cwd: root, env });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

describe('completion in bash', () => {
  test('completes verbs, options, live names and files, and obeys nothing that was typed or named', async () => {
    const told = [
      'accord wh| why whoami',
      './accord status --ex| --exit-code',
      'accord why pay| pay pay-more',
      'accord trace pay@| 42 41',
      'accord watch --policy=sh| shop',
      'accord apply -f deploy/loc| deploy/local',
      'accord why $(touch /tmp/accord-was-here) `touch /tmp/accord-was-here`|',
    ];
    const lines = told.map((line) => line.split('|')[0] ?? '');
    expect(await offered(lines, `http://127.0.0.1:${(hub.address() as AddressInfo).port}`)).toEqual(told);
    expect(spawnSync('test', ['-e', '/tmp/accord-was-here']).status).toBe(1);
  }, 120_000);

  test('without a hub verbs are offered, names are not, and nothing is said', async () => {
    expect(await offered(['accord wh', 'accord why p'], 'http://127.0.0.1:1')).toEqual(['accord wh| why whoami', 'accord why p|']);
  }, 60_000);

  test('may be read twice, and is bound to the name', () => {
    const { stdout, stderr } = spawnSync(
      'bash',
      ['--norc', '-c', 'source /dev/stdin <<<"$SCRIPT"; source /dev/stdin <<<"$SCRIPT"; complete -p accord'],
      {
        env: { PATH: process.env['PATH'], SCRIPT: bashScript },
        encoding: 'utf8',
      },
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'complete -F _accord_completion accord\n', stderr: '' });
  });
});

describe('completeWords', () => {
  const names = {
    policies: ['pay', 'pay-more', 'shop'],
    clusters: ['eu-1', 'us-1'],
    changes: ['pay@42', 'cluster/eu-1@7'],
    revisions: ['pay@42'],
  };
  const cases: [words: string[], offers: string][] = [
    [['cluster', 'la'], 'label'],
    [['get', '-o', 'y'], 'yaml'],
    [['completion', ''], 'bash zsh fish'],
    [['why', 'pay', ''], 'pay pay-more shop eu-1 us-1'],
    [['trace', ''], 'pay pay-more shop pay@42 cluster/eu-1@7'],
    [['revert', ''], 'pay@42'],
    [['watch', '--policy', 'sh'], 'shop'],
    [['get', 'policy/s'], 'policy/shop'],
    [['cluster', 'label', 'us'], 'us-1'],
    [['hold', 'pay', ''], 'eu-1 us-1'],
    [['nonsense', ''], ''],
  ];
  test.each(cases)('%j offers: %s', (words, offers) => {
    // The library prints by itself.
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    completeWords(program, words, names);
    const lines = print.mock.calls.map(([line]) => String(line).split('\t')[0]);
    print.mockRestore();
    expect(lines).toEqual([...offers.split(' ').filter((word) => word !== ''), ':4']);
  });
});

describe('completingOf', () => {
  const cases: [words: string[], wanted: string][] = [
    [['why', ''], 'policies clusters'],
    [['why', '--'], ''],
    [['trace', ''], 'policies changes'],
    [['trace', 'pay', '--steps', ''], 'clusters'],
    [['get', ''], 'policies clusters'],
    [['get', 'policies', ''], 'policies'],
    [['describe', 'cluster', ''], 'clusters'],
    [['apply', '-f', ''], 'a file'],
    [['build', '--clusters=', ''], ''],
    [['status', ''], ''],
  ];
  test.each(cases)('%j asks for: %s', (words, expected) => {
    const { wanted, isFile } = completingOf(program, words);
    expect(isFile ? 'a file' : [...wanted].join(' ')).toBe(expected);
  });
});

describe('what names are asked for', () => {
  test('every verb in the table is one', () => {
    expect(Object.keys(byVerb).filter((verb) => commandOf(program, verb.split(' ')).verb !== verb)).toEqual([]);
  });

  test('every option in the table is one', () => {
    const all = (command: Command): readonly string[] => [
      ...command.options.map(({ long }) => long ?? ''),
      ...command.commands.flatMap(all),
    ];
    expect(Object.keys(byOption).filter((option) => !all(program).includes(option))).toEqual([]);
  });
});
