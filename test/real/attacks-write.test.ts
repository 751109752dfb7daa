import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { spokesClaims } from '@accord/hub/identity/account-claims';
import { identityOf } from '@accord/hub/identity/claims-files';
import { signToken } from '@accord/hub/identity/token';
import { startStage, victimInboxToken, type Stage } from './attack-stage.ts';

let stage: Stage;
let before: readonly string[];
beforeAll(async () => {
  stage = await startStage();
  const { realm, victim } = stage;
  const bus = await realm.spokeBus(victim);
  const subjects = [`report.${victim.id}.summary`, `outcome.${victim.id}`];
  for (const subject of subjects) await bus.request(subject, new TextEncoder().encode('of the victim'), { timeoutMs: 5_000 });
  // The stream answers, and does not wait for whoever listens.
  await vi.waitFor(() => expect(stage.heardByHub).toEqual(subjects));
  stage.heardByHub.length = 0;
  before = await stage.stored();
});
afterAll(() => stage.stop());
afterEach(() => {
  stage.heardByHub.length = 0;
  stage.victimRaw.messages.length = 0;
});

const named = (text: string): string => text.replaceAll('SELF', stage.attacker.id).replaceAll('OTHER', stage.victim.id);

/** The four kinds of request to which a server or the hub answers. */
const requests = ['$JS.API.DIRECT.GET.FLEET.desired.c.SELF._member', 'report.SELF.summary', 'outcome.SELF', 'rpc.SELF.renew'];

describe('a spoke cannot publish to', () => {
  const subjects = [
    'desired.all.p',
    'desired.c.SELF._member',
    'desired.c.OTHER._member',
    'index.all',
    'live.desired.all.p',
    'live.desired.c.OTHER._check',
    'live.tick',
    'void.tick',
    'intent.policy.p',
    'control.lease.planner',
    'history.audit',
    'history.outcome',
    'history.publish',
    'history.presence',
    'report.OTHER.summary',
    'report.SELF.anything',
    'report.SELF.summary.more',
    'report.SELF.*',
    'report.*.summary',
    'outcome.OTHER',
    'outcome.SELF.more',
    'rpc.OTHER.renew',
    'rpc.SELF.join',
    'beat.OTHER',
    'beat.SELF.more',
    '_INBOX.SELF.own.1',
    '_INBOX.OTHER.KNOWNKNOWNKNOWNKNOWN22.1',
    '_R_.x',
    '$JS.ACK.FLEET.x.1.1.1.1.0',
    '$JS.API.STREAM.CREATE.EVIL',
    '$JS.API.STREAM.UPDATE.FLEET',
    '$JS.API.STREAM.DELETE.FLEET',
    '$JS.API.STREAM.PURGE.FLEET',
    '$JS.API.STREAM.MSG.DELETE.FLEET',
    '$JS.API.STREAM.PURGE.HISTORY',
    '$JS.API.STREAM.MSG.DELETE.HISTORY',
    '$JS.API.STREAM.DELETE.HISTORY',
    '$JS.API.STREAM.SNAPSHOT.FLEET',
    '$JS.API.CONSUMER.CREATE.FLEET',
    '$JS.API.CONSUMER.MSG.NEXT.FLEET.x',
    '$JS.API.ACCOUNT.PURGE.x',
    '$JS.FC.x',
    '$SYS.REQ.CLAIMS.UPDATE',
    '$SYS.REQ.SERVER.PING',
    '$SYS.REQ.SERVER.PING.CONNZ',
    '$SYS.REQ.USER.INFO',
    '$SYS.ACCOUNT.x.CONNECT',
  ];
  test.each(subjects)('%s', async (subject) => {
    stage.raw.publish(named(subject), { reply: stage.inbox(), body: '{}' });
    // The server applies the mapping first, so it refuses what the mapping makes of it.
    const mapped = named(subject).replace(/^live\./, 'void.');
    expect(await stage.raw.settle()).toEqual([`Permissions Violation for Publish to "${mapped}"`]);
    expect(await aftermath()).toEqual({ victim: [], hub: [], stored: before });
  });
});

describe('the answer to a request goes nowhere when its reply is', () => {
  const replies = [
    'desired.all.p1',
    'desired.c.OTHER.x',
    'index.all',
    'intent.policy.x',
    'control.lease.planner',
    'history.audit',
    '$JS.API.STREAM.DELETE.FLEET',
    '$JS.API.STREAM.PURGE.FLEET',
    '$JS.API.DIRECT.GET.FLEET.desired.c.OTHER._member',
    '$JS.API.STREAM.INFO.FLEET',
    'report.OTHER.summary',
    'outcome.OTHER',
    'rpc.OTHER.renew',
    'beat.OTHER',
    '$SYS.REQ.CLAIMS.UPDATE',
    '$SYS.REQ.SERVER.PING',
    // The mapping of the account rewrites what is published in it, answers included.
    'live.desired.all.p1',
    'live.desired.all.x.y',
    'live.desired.l.env.dev.p1',
    'live.desired.c.OTHER.x',
    'live.desired.c.OTHER._check',
    'live.desired.r.payments.OTHER',
    'live.tick',
    // A wildcard in a reply is delivered as a literal, which nobody has subscribed to.
    '_INBOX.OTHER.*.*',
    '_INBOX.OTHER.>',
    'live.>',
  ];
  test.each(replies)('%s', async (reply) => {
    for (const request of requests) stage.raw.publish(named(request), { reply: named(reply), body: 'evil' });
    const accepted = [...requests.slice(1)].map(named);
    expect(await stage.raw.settle()).toEqual([]);
    expect(await aftermath()).toEqual({ victim: [], hub: accepted, stored: before });
  });
});

describe('a request is refused when its reply is', () => {
  const replies = ['$JS.ACK.FLEET.x.1.1.1.1.0', '$JS.ACK.x', '_R_.x', '_R_.x.y'];
  test.each(replies)('%s', async (reply) => {
    for (const request of requests) stage.raw.publish(named(request), { reply, body: 'evil' });
    expect(await stage.raw.settle()).toEqual(requests.map(() => `Permissions Violation for Publish with Reply of "${reply}"`));
    expect(await aftermath()).toEqual({ victim: [], hub: [], stored: before });
  });
});

describe('the inbox of another', () => {
  test.each(requests)('takes the answer to %s from whoever knows its 22 random characters, which nobody does', async (request) => {
    const known = named(`_INBOX.OTHER.${victimInboxToken}.7`);
    const guessed = named('_INBOX.OTHER.GUESSEDGUESSEDGUESSED2.7');
    for (const reply of [guessed, known]) stage.raw.publish(named(request), { reply, body: 'evil' });
    await stage.victimRaw.until(() => stage.victimRaw.messages.length > 0, 'the answer');
    expect(stage.victimRaw.messages.map(({ subject }) => subject)).toEqual([known]);
  });
});

describe('a wildcard in a reply', () => {
  const wildcards = ['>', '_INBOX.>', '_INBOX.*.>', '_INBOX.OTHER.>'];

  // A defect of the server: when it forgets the answer that it has given, it forgets with it every awaited answer of the account whose
  // reply matches (accounts.go, removeRespServiceImport calls checkForReverseEntry with a wildcard). Nothing of ours can forbid the reply.
  test.each(wildcards)('%s makes the server forget the answers that others wait for, and nothing more', async (wildcard) => {
    const { raw, victimRaw, heardByHub } = stage;
    const [lost, next] = ['1', '2'].map((number) => named(`_INBOX.OTHER.${victimInboxToken}.${number}`));
    victimRaw.publish(named('rpc.OTHER.renew'), { reply: lost ?? '', body: 'hold' });
    await expect.poll(() => heardByHub).toEqual([named('rpc.OTHER.renew')]);
    raw.publish(named(requests[0] ?? ''), { reply: named(wildcard) });
    await untilAnswered();
    stage.release();
    const answer = await victimRaw.request(named('rpc.OTHER.renew'), next ?? '', { body: 'again' });
    expect(answer.body).toBe('renewed');
    expect(victimRaw.messages).toEqual([]);
    expect(await aftermath()).toMatchObject({ victim: [], stored: before });
  });

  test('is no harm to others when it matches none of their inboxes', async () => {
    const { raw, victimRaw, heardByHub } = stage;
    const kept = named(`_INBOX.OTHER.${victimInboxToken}.1`);
    victimRaw.publish(named('rpc.OTHER.renew'), { reply: kept, body: 'hold' });
    await expect.poll(() => heardByHub).toEqual([named('rpc.OTHER.renew')]);
    raw.publish(named(requests[0] ?? ''), { reply: named('_INBOX.SELF.>') });
    await untilAnswered();
    stage.release();
    await victimRaw.until(() => victimRaw.messages.length > 0, 'the answer');
    expect(victimRaw.messages.map(({ subject }) => subject)).toEqual([kept]);
  });

  /** The attacker's own answer may be lost too, so it asks until it gets one; the attempt was served before. */
  async function untilAnswered(): Promise<void> {
    await expect
      .poll(() => stage.raw.request(named(requests[0] ?? ''), stage.inbox(), {}, 200).then(() => 'answered'), { timeout: 5_000 })
      .toBe('answered');
  }
});

describe('the mapping of the account', () => {
  test('does not touch what the hub sends live', async () => {
    await stage.realm.hub.append([{ subject: named('desired.c.OTHER.true'), body: new TextEncoder().encode('true') }], 'true');
    await stage.victimRaw.until(() => stage.victimRaw.messages.length > 0, 'the live message');
    expect(stage.victimRaw.messages).toMatchObject([{ subject: named('live.desired.c.OTHER.true'), body: 'true' }]);
    before = await stage.stored();
  });

  test('is what keeps a spoke from forging live messages: without it they arrive', async () => {
    const { realm, raw, victimRaw } = stage;
    const { mappings: _mappings, ...nats } = spokesClaims(realm.keys, {});
    const push = async (token: string): Promise<void> => {
      await realm.sys.request('$SYS.REQ.CLAIMS.UPDATE', new TextEncoder().encode(token), { timeoutMs: 5_000 });
    };
    const sub = identityOf(realm.keys, 'SPOKES');
    await push(signToken(realm.keys.operatorSigning, { iat: Math.floor(Date.now() / 1000) + 1, sub, name: 'SPOKES', nats }));
    const forge = (): void => raw.publish(named(requests[0] ?? ''), { reply: named('live.desired.c.OTHER.x') });
    forge();
    await victimRaw.until(() => victimRaw.messages.length > 0, 'the forged message');
    expect(victimRaw.messages.map(({ subject, body }) => `${subject} ${body}`)).toEqual([
      named('live.desired.c.OTHER.x body of desired.c.SELF._member'),
    ]);
    victimRaw.messages.length = 0;
    await push(realm.claims.token);
    forge();
    expect(await aftermath()).toEqual({ victim: [], hub: [], stored: before });
  });
});

/** What the others have noticed, once everything that was on its way has arrived. */
async function aftermath(): Promise<{ readonly victim: string[]; readonly hub: string[]; readonly stored: readonly string[] }> {
  const { raw, victimRaw, realm, heardByHub } = stage;
  // An honest request of each kind goes the way of the attempts and comes after them.
  const heard = [...(await honestly())];
  realm.hub.publish('live.tick', new TextEncoder().encode('honest'));
  const isTick = ({ subject, body }: { readonly subject: string; readonly body: string }): boolean =>
    subject === 'live.tick' && body === 'honest';
  await victimRaw.until(() => victimRaw.messages.some(isTick), 'the tick');
  const victim = victimRaw.messages.filter((message) => !isTick(message)).map(({ subject }) => subject);
  const hub = heardByHub.slice(0, heardByHub.length - heard.length);
  expect(heardByHub.slice(hub.length)).toEqual(heard);
  expect(await raw.settle()).toEqual([]);
  return { victim, hub, stored: await stage.stored() };
}

async function honestly(): Promise<string[]> {
  for (const request of requests) await stage.raw.request(named(request), stage.inbox(), { body: 'honest' });
  return requests.slice(1).map(named);
}
