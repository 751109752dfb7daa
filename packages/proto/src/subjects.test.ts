import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterIdOf, type PolicyName } from './ids.ts';
import {
  anchorAll,
  beatSubject,
  checkSubject,
  clusterAnchor,
  credentialDoc,
  decodeToken,
  desiredSubject,
  encodeToken,
  indexSubject,
  intentSubject,
  isSystemDoc,
  labelAnchor,
  labelTag,
  liveFilter,
  memberDoc,
  outcomeSubject,
  parseDesired,
  parseIndex,
  parseIntent,
  policyDoc,
  renewSubject,
  reportSubject,
  senderOf,
  setTag,
  storedSubjectOfLive,
  streamOf,
  type FactKind,
} from './subjects.ts';

const id = clusterIdOf(new Uint8Array(16).fill(9));
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.constantFrom('', 'app.kubernetes.io/name', '_x', '=', '*', '>', '\uFEFFmark'),
);
const anyAnchor = fc.oneof(
  fc.constant(anchorAll),
  fc.tuple(anyText, anyText).map(([key, value]) => labelAnchor(key, value)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => clusterAnchor(clusterIdOf(bytes))),
);

describe('tokens', () => {
  const rows: [text: string, token: string][] = [
    ['prod', 'prod'],
    ['', '='],
    ['Prod', '=50rod'],
    ['app.kubernetes.io/name', 'app=2ekubernetes=2eio=2fname'],
    ['a=b', 'a=3db'],
    ['ü', '=c3=bc'],
    ['\uFEFFmark', '=ef=bb=bfmark'],
  ];
  test.each(rows)('"%s" is the token %s', (text, token) => {
    expect(encodeToken(text)).toBe(token);
    expect(decodeToken(token)).toBe(text);
  });

  test.each(['Prod', 'a.b', 'a=', '=2E', '=70rod', '=ff', 'a==', '*', ''])('%s is no token that was made here', (token) =>
    expect(decodeToken(token)).toBeUndefined(),
  );

  test('property: every text is one token, safe in a subject and in a tag, and comes back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const token = encodeToken(text);
        expect(token).toMatch(/^[a-z0-9=-]+$/);
        expect(decodeToken(token)).toBe(text);
      }),
      { seed: 71, numRuns: 500 },
    );
  });

  test('property: two texts never share a token', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(encodeToken(a) === encodeToken(b)).toBe(a === b);
      }),
      { seed: 72 },
    );
  });
});

describe('subjects', () => {
  test('property: what is built is parsed', () => {
    const doc = fc.oneof(
      fc.constantFrom(memberDoc, credentialDoc),
      anyText.map((name) => policyDoc(name as PolicyName)),
    );
    fc.assert(
      fc.property(anyAnchor, doc, (anchor, name) => {
        expect(parseDesired(desiredSubject(anchor, name))).toEqual({ anchor, doc: name });
        expect(parseIndex(indexSubject(anchor))).toBe(anchor);
        expect([parseIndex(desiredSubject(anchor, name)), parseDesired(indexSubject(anchor))]).toEqual([undefined, undefined]);
      }),
      { seed: 73 },
    );
  });

  test('property: facts are found by kind and id', () => {
    const kinds: readonly FactKind[] = ['policy', 'cluster', 'name', 'token', 'apitoken', 'fleet'];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anyText, (kind, name) => {
        expect(parseIntent(intentSubject(kind, name))).toEqual({ kind, id: name });
      }),
      { seed: 74 },
    );
  });

  test.each([
    '',
    'desired',
    'desired.all',
    'desired.all.',
    'desired.all.a.b',
    'desired.l.env.x',
    'desired.c.short.p',
    'desired.x.p',
    'live.desired.all.p',
    ' desired.all.p',
    'index.all.p',
  ])('"%s" names no document', (subject) => {
    expect(parseDesired(subject)).toBeUndefined();
  });

  test.each(['', 'index', 'index.', 'index.l.env', 'index.all.00', 'index.c.short', 'desired.all', 'xindex.all'])(
    '"%s" is no index of an anchor',
    (subject) => {
      expect(parseIndex(subject)).toBeUndefined();
    },
  );

  test.each(['', 'intent.policy', 'intent.policy.', 'intent.policy.a.b', 'intent.policy.A', 'intent.other.a', 'xintent.policy.a'])(
    '"%s" is no fact',
    (subject) => {
      expect(parseIntent(subject)).toBeUndefined();
    },
  );

  test('what a spoke writes names the spoke', () => {
    for (const subject of [reportSubject(id, 'summary'), outcomeSubject(id), beatSubject(id), renewSubject(id)])
      expect(senderOf(subject)).toBe(id);
    for (const subject of ['', 'report', `report.${id}x`, `desired.c.${id}.p`, 'beat.short', `beat.${id}.a.b`])
      expect(senderOf(subject)).toBeUndefined();
  });

  test('what is stored is stored in one stream; the rest in none', () => {
    const stored = [
      intentSubject('policy', 'p'),
      desiredSubject(anchorAll, memberDoc),
      indexSubject(anchorAll),
      reportSubject(id, 'drift'),
      outcomeSubject(id),
      'control.lease.planner',
    ];
    expect(stored.map(streamOf)).toEqual(['INTENT', 'FLEET', 'FLEET', 'REPORTS', 'OUTCOMES', 'CONTROL']);
    expect(['live.tick', beatSubject(id), renewSubject(id), '', 'intent'].map(streamOf)).toEqual(Array.from({ length: 5 }));
  });

  test('a live message is stored under its subject without "live."', () => {
    expect(storedSubjectOfLive(`live.${desiredSubject(anchorAll, memberDoc)}`)).toBe('desired.all._member');
    expect(liveFilter(clusterAnchor(id))).toBe(`live.desired.c.${id}.>`);
    expect(checkSubject(id).startsWith(liveFilter(clusterAnchor(id)).slice(0, -1))).toBe(true);
  });

  test('tags carry the tokens of the subjects that they open', () => {
    expect([labelTag('app.kubernetes.io/name', 'Web'), setTag('default')]).toEqual(['l:app=2ekubernetes=2eio=2fname.=57eb', 'set:default']);
  });

  test('no policy is taken for a system document', () => {
    expect([memberDoc, credentialDoc, policyDoc('_member' as PolicyName)].map(isSystemDoc)).toEqual([true, true, false]);
  });
});
