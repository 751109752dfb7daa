import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

const until = '2026-01-01T02:00:00.000Z';
const answer = { body: { change: 'cluster/eu-1@3', clusters: ['eu-1'], until } };
const { until: _until, ...lifted } = answer.body;
const script: Script = {
  'POST /v1/policies/pay/holds': answer,
  'POST /v1/fleet/holds': answer,
  'DELETE /v1/policies/pay/holds?clusters=eu-1': { body: lifted },
  'DELETE /v1/policies/pay/holds?clusters=eu-1&object=ConfigMap%2Fn%2Fm': { body: lifted },
  'DELETE /v1/fleet/holds?selector=env%3Dprod': { body: { change: '', clusters: [] } },
};
const why = ['--for', '2h', '--reason', 'INC-1'];

describe('what is held', () => {
  test.each<[words: readonly string[], heard: string, said: string]>([
    [
      ['hold', 'pay', 'eu-1', ...why],
      'POST /v1/policies/pay/holds {"for":"2h","reason":"INC-1","clusters":["eu-1"]}',
      `pay held on eu-1 until ${until} (cluster/eu-1@3)`,
    ],
    [
      ['hold', 'pay', 'eu-1', '--until', until, '--reason', 'x', '--object', 'ConfigMap/n/m'],
      `POST /v1/policies/pay/holds {"until":"${until}","reason":"x","object":"ConfigMap/n/m","clusters":["eu-1"]}`,
      `ConfigMap/n/m of pay held on eu-1 until ${until} (cluster/eu-1@3)`,
    ],
    [['unhold', 'pay', 'eu-1'], 'DELETE /v1/policies/pay/holds?clusters=eu-1', 'pay goes on on eu-1 (cluster/eu-1@3)'],
    [
      ['unhold', 'pay', 'eu-1', '--object', 'ConfigMap/n/m'],
      'DELETE /v1/policies/pay/holds?clusters=eu-1&object=ConfigMap%2Fn%2Fm',
      'pay goes on on eu-1 (cluster/eu-1@3)',
    ],
    [
      ['freeze', '-l', 'env=prod', '-l', 'tier=gold', ...why],
      'POST /v1/fleet/holds {"for":"2h","reason":"INC-1","selector":"env=prod,tier=gold"}',
      `everything held on eu-1 until ${until} (cluster/eu-1@3)`,
    ],
    [['unfreeze', '-l', 'env=prod'], 'DELETE /v1/fleet/holds?selector=env%3Dprod', 'everything is not held there'],
  ])('%j', async (words, heard, said) => {
    const spoken = await speak(words, script);
    expect([spoken.code, spoken.heard, spoken.out]).toEqual([0, [heard], `${said}\n`]);
  });

  test.each<[claim: string, words: readonly string[], code: number, said: string]>([
    ['without a reason', ['hold', 'pay', 'eu-1', '--for', '2h'], 2, "required option '--reason <text>' not specified"],
    ['without an end', ['hold', 'pay', 'eu-1', '--reason', 'x'], 1, 'Say when with --for or --until'],
    ['with two ends', ['hold', 'pay', 'eu-1', ...why, '--until', until], 1, 'What is held has one end'],
    ['with no duration', ['freeze', '-l', 'a=b', '--for', 'long', '--reason', 'x'], 2, 'Write a duration such as 30s'],
    ['without labels', ['freeze', ...why], 2, "required option '-l, --label <selector>' not specified"],
  ])('%s nothing is sent', async (_claim, words, code, said) => {
    const spoken = await speak(words, {});
    expect([spoken.code, spoken.err.includes(said), spoken.heard]).toEqual([code, true, []]);
  });
});
