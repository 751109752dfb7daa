import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStage, type Stage } from './attack-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

/** `SELF` and `OTHER` stand for the ids of the attacker and of its victim. */
const named = (text: string): string => text.replaceAll('SELF', stage.attacker.id).replaceAll('OTHER', stage.victim.id);

describe('a spoke cannot subscribe to', () => {
  const subjects = [
    '>',
    '*',
    '*.>',
    'live.>',
    'live.*',
    'live.desired.>',
    'live.desired.*.>',
    'live.desired.l.>',
    'live.desired.l.env.>',
    'live.desired.l.env.*.>',
    'live.desired.l.env.dev.>',
    'live.desired.l.env.dev.p',
    'live.desired.c.*.>',
    'live.desired.c.OTHER.>',
    'live.desired.c.OTHER._member',
    'live.desired.r.>',
    'live.desired.r.payments.>',
    'desired.>',
    'index.>',
    'intent.>',
    'history.>',
    'history.*',
    'history.outcome',
    'void.>',
    '_INBOX.>',
    '_INBOX.*.>',
    '_INBOX.OTHER.>',
    '_INBOX.OTHER.KNOWNKNOWNKNOWNKNOWN22.*',
    'beat.*',
    'beat.SELF',
    'beat.OTHER',
    'report.>',
    'report.SELF.summary',
    'outcome.*',
    'rpc.*.*',
    '$SYS.>',
    '$SYS.ACCOUNT.>',
    '$SYS.REQ.USER.INFO',
    '$JS.>',
    '$JS.API.>',
    '$JS.API.DIRECT.GET.FLEET.desired.all.base',
    '_R_.>',
  ];
  test.each(subjects)('%s', async (subject) => {
    stage.raw.subscribe(named(subject));
    expect(await stage.raw.settle()).toEqual([`Permissions Violation for Subscription to "${named(subject)}"`]);
  });
  test.each(subjects)('%s as a member of a queue group', async (subject) => {
    stage.raw.subscribe(named(subject), 'hub');
    expect(await stage.raw.settle()).toEqual([`Permissions Violation for Subscription to "${named(subject)}" using queue "hub"`]);
  });
});

describe('a spoke cannot read', () => {
  const get = '$JS.API.DIRECT.GET.FLEET';
  const attempts: [subject: string, body?: object][] = [
    [`${get}.desired.l.env.dev.p`],
    [`${get}.desired.c.OTHER._member`],
    [`${get}.desired.r.payments.OTHER`],
    [`${get}.index.l.env.dev`],
    [`${get}.index.c.OTHER`],
    [`${get}.index.r.payments`],
    [`${get}.index.r.payments.0a`],
    [`${get}.>`],
    [`${get}.desired.>`],
    [`${get}.desired.*.p`],
    [`${get}.desired.*.*.*.p`],
    [`${get}.desired.l.>`],
    [`${get}.desired.l.env.>`],
    [`${get}.desired.l.env.*.p`],
    [`${get}.desired.c.*._member`],
    [`${get}.index.>`],
    [`${get}.index.*`],
    [`${get}.index.c.*`],
    [get, { last_by_subj: 'desired.c.OTHER._member' }],
    [get, { multi_last: ['desired.>'] }],
    [get, { next_by_subj: 'desired.>', seq: 1 }],
    [get, { seq: 1 }],
    [get, { seq: 1, batch: 100 }],
    ['$JS.API.DIRECT.GET.REPORTS.report.OTHER.summary'],
    ['$JS.API.DIRECT.GET.REPORTS.report.SELF.summary'],
    ['$JS.API.DIRECT.GET.OUTCOMES.outcome.OTHER'],
    ['$JS.API.DIRECT.GET.HISTORY.history.outcome'],
    ['$JS.API.STREAM.MSG.GET.HISTORY', { last_by_subj: 'history.audit' }],
    ['$JS.API.CONSUMER.CREATE.HISTORY'],
    ['$JS.API.STREAM.MSG.GET.FLEET', { last_by_subj: 'desired.c.OTHER._member' }],
    ['$JS.API.STREAM.INFO.FLEET'],
    ['$JS.API.STREAM.NAMES'],
    ['$JS.API.INFO'],
  ];
  const withNames = attempts.map(
    ([subject, body]) => [body === undefined ? subject : `${subject} ${JSON.stringify(body)}`, subject, body] as const,
  );
  test.each(withNames)('%s', async (_name, subject, body) => {
    stage.raw.publish(named(subject), { reply: stage.inbox(), body: body === undefined ? '' : named(JSON.stringify(body)) });
    expect(await stage.raw.settle()).toEqual([`Permissions Violation for Publish to "${named(subject)}"`]);
  });

  const fields: object[] = [
    { seq: 1 },
    { last_by_subj: 'desired.c.OTHER._member' },
    { next_by_subj: 'desired.>' },
    { multi_last: ['desired.>'] },
    { batch: 100 },
    { multi_last: ['desired.c.OTHER._member'], batch: 100 },
  ];
  test.each(fields)('anything else through a subject of its own with the extra fields %j', async (body) => {
    const own = named('$JS.API.DIRECT.GET.FLEET.desired.c.SELF._member');
    const answer = await stage.raw.request(own, stage.inbox(), { body: named(JSON.stringify(body)) });
    expect([answer.headers.split('\r\n')[0], answer.body]).toEqual(['NATS/1.0 408 Bad Request', '']);
    expect(await stage.raw.settle()).toEqual([]);
  });

  test('with a wildcard inside a branch of its own more than the last document of that branch', async () => {
    for (const wildcard of ['desired.l.env.prod.>', 'desired.l.env.prod.*']) {
      const answer = await stage.raw.request(`$JS.API.DIRECT.GET.FLEET.${wildcard}`, stage.inbox());
      expect(answer.body).toBe('body of desired.l.env.prod.p');
    }
    expect(await stage.raw.settle()).toEqual([]);
  });
});

describe('a spoke reads', () => {
  const own = [
    'desired.all.base',
    'desired.l.env.prod.p',
    'desired.l.app=2ekubernetes=2eio=2fname.shop.p',
    'desired.c.SELF._member',
    'desired.r.retail.SELF',
    'index.all',
    'index.l.env.prod',
    'index.c.SELF',
    'index.r.retail',
    'index.r.retail.0a',
  ];
  test.each(own)('%s', async (subject) => {
    const answer = await stage.raw.request(`$JS.API.DIRECT.GET.FLEET.${named(subject)}`, stage.inbox());
    expect(answer.body).toBe(`body of ${named(subject)}`);
    expect(answer.headers).toContain(`Nats-Subject: ${named(subject)}`);
  });

  test('live what is stored for its labels, and nothing of what is stored for others', async () => {
    const member = stage.realm.member({ labels: { env: 'prod' } });
    const bus = await stage.realm.spokeBus(member);
    const heard: string[] = [];
    const stop = new AbortController();
    for (const filter of ['live.desired.all.>', 'live.desired.l.env.prod.>', `live.desired.c.${member.id}.>`])
      await bus.subscribe(filter, ({ subject }) => heard.push(subject), stop.signal);
    const body = new Uint8Array([1]);
    const subjects = [
      'desired.l.env.dev.q',
      'desired.all.q',
      named('desired.c.OTHER.q'),
      'desired.l.env.prod.q',
      `desired.c.${member.id}.q`,
    ];
    for (const subject of subjects) await stage.realm.hub.append([{ subject, body }], `tx-${subject}`);
    await expect.poll(() => heard).toEqual(['live.desired.all.q', 'live.desired.l.env.prod.q', `live.desired.c.${member.id}.q`]);
    stop.abort();
  });

  test('a spoke without labels and sets reads what is for all', async () => {
    const member = stage.realm.member();
    const bus = await stage.realm.spokeBus(member);
    expect((await bus.get('desired.all.base'))?.subject).toBe('desired.all.base');
    await expect(bus.get('desired.l.env.prod.p')).rejects.toMatchObject({ code: 'forbidden' });
  });
});
