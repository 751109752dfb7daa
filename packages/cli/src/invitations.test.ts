import { describe, expect, test } from 'vitest';
import { parseInvitations } from './invitations.ts';

const parse = (text: string) => parseInvitations('clusters.yaml', text);

describe('a file of invitations', () => {
  test('gives each cluster as the hub takes it, and Inform where nothing is said', () => {
    const { invitations, faults } = parse(
      [
        '- {name: a, labels: {env: prod}, tier: Observe, expiresIn: 2h}',
        '- {name: b, mode: Enforce, requireApproval: true}',
        '- {name: c, spec: {mode: Enforce, region: eu}}',
        '- {name: d, replace: true}',
      ].join('\n'),
    );
    expect(faults).toEqual([]);
    expect(invitations).toEqual([
      { at: 'clusters.yaml:1:3', cluster: 'a', labels: { env: 'prod' }, mode: 'Inform', tier: 'Observe', expiresIn: '2h' },
      { at: 'clusters.yaml:2:3', cluster: 'b', labels: {}, mode: 'Enforce', tier: undefined, approval: true },
      { at: 'clusters.yaml:3:3', cluster: 'c', labels: {}, mode: 'Enforce', spec: { mode: 'Enforce', region: 'eu' }, tier: undefined },
      { at: 'clusters.yaml:4:3', cluster: 'd', replace: true, tier: undefined },
    ]);
  });

  const faulty: [claim: string, text: string, fault: RegExp][] = [
    ['a name that is no DNS label', '- name: ok\n- name: Not_A_Name', /^clusters\.yaml:2:3: name: must be a DNS label/],
    [
      'an unknown field tells the nearest name',
      '- {name: a, label: {}}',
      /^clusters\.yaml:1:13: there is no field label here\. Did you mean labels\?$/,
    ],
    ['a tier that is none', '- name: a\n  tier: Root', /^clusters\.yaml:2:3: /],
    [
      'a name that comes twice',
      '- name: a\n- name: a',
      /^clusters\.yaml:2:3: cluster a is written twice; it stands at clusters\.yaml:1:3 already/,
    ],
    ['labels with a replacement', '- name: a\n  labels: {env: x}\n  replace: true', /^clusters\.yaml:3:3: a keeps its labels/],
    ['what is no list', 'name: a', /^clusters\.yaml:1:1: this is no list of clusters/],
    ['what is no YAML', '- {name: a', /^clusters\.yaml:1:\d+: /],
    ['an alias of nothing', '- name: a\n  labels: *prod', /^clusters\.yaml:1:1: Unresolved alias .*: prod$/],
    ['a key that comes twice', '- name: a\n  name: b', /^clusters\.yaml:2:3: Map keys must be unique/],
  ];
  test.each(faulty)('%s is told with its place', (_claim, text, fault) => {
    const [first = ''] = parse(text).faults;
    expect(first).toMatch(fault);
  });
});
