import { HubClient } from '@accord/spoke/join/hub-client';
import { CredentialStore, fingerprintOf } from '@accord/spoke/join/credential-store';
import { Membership } from '@accord/spoke/join/membership';
import { FakeCluster } from '@accord/spoke/kube/fake-cluster';
import { FakeKube } from '@accord/spoke/kube/fake-kube';
import { objectKey } from '@accord/proto/ids';
import { systemClock, type Clock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canLogIn, until } from './fleet-fixture.ts';
import { JoinStage, type Invited } from './join-stage.ts';

let stage: JoinStage;
beforeAll(async () => {
  stage = await JoinStage.start();
});
afterAll(() => stage?.stop());

/** Nobody waits 15 s here; what the spoke would wait is in its log. */
const impatient: Clock = { now: () => systemClock.now(), sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 100), signal) };
const secret = objectKey('', 'Secret', 'accord-system', 'accord-spoke-credential');

/** The membership of a spoke: its real requests to the real hub, and a cluster that outlives its process. */
class Spoke {
  readonly cluster = new FakeCluster();
  readonly kube = new FakeKube(this.cluster);
  readonly log = new ListLog();
  readonly store = new CredentialStore(this.kube, 'accord-system');
  readonly #hubKey: string;
  token: string | undefined;
  /** Of the next request: the hub does what it does, and nobody hears of it. */
  losesAnswer = false;
  #stop = new AbortController();

  constructor({ token, hubKey }: Invited) {
    this.token = token;
    this.#hubKey = hubKey;
  }

  get fingerprint(): string {
    const { annotations } = (this.cluster.peek(secret)?.['metadata'] ?? {}) as { readonly annotations?: Readonly<Record<string, string>> };
    return annotations?.['accord.dev/fingerprint'] ?? '';
  }

  /** A process begins; `kill` ends it wherever it is. */
  start(): Promise<Membership> {
    this.#stop = new AbortController();
    const hub = new HubClient(stage.hub.url);
    return Membership.open(
      {
        ...{ store: this.store, hubKey: this.#hubKey, readToken: async () => this.token, clock: impatient, log: this.log },
        facts: () => ({ kubernetesVersion: 'v1.36.3', spokeVersion: '0', kubeSystemUid: '', platform: 'linux/amd64', permissions: '' }),
        hub: {
          join: async (token, body, signal) => {
            const answer = await hub.join(token, body, signal);
            if (this.losesAnswer) this.kill();
            return this.losesAnswer ? new Promise<never>(() => undefined) : answer;
          },
          renew: (body, signal) => hub.renew(body, signal),
        },
      },
      this.#stop.signal,
    );
  }

  kill(): void {
    this.#stop.abort();
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  said(word: string): readonly unknown[] {
    return this.log.lines.filter((line) => JSON.stringify(line).includes(word));
  }
}

const stateOf = async (cluster: string): Promise<string | undefined> => {
  const { body } = await stage.admin('GET', '/v1/join-tokens');
  return (body as { items: { cluster: string; state: string }[] }).items.find((token) => token.cluster === cluster)?.state;
};

describe('a spoke that dies', () => {
  test('after it stored its key: the next one joins with the same', async () => {
    const spoke = new Spoke(await stage.invite('dead-before'));
    const { key } = await spoke.store.loadOrCreate(spoke.signal);
    expect((await spoke.start()).key.publicKey).toBe(key.publicKey);
  });

  test('after the hub let it in, before it heard so: the next one is the same member', async () => {
    const spoke = new Spoke(await stage.invite('dead-between'));
    spoke.losesAnswer = true;
    void spoke.start().catch(() => undefined);
    await until('the hub has let it in', async () => (await stage.clusters()).includes('dead-between'));
    await until('nobody heard of it', async () => spoke.signal.aborted);
    spoke.losesAnswer = false;
    const membership = await spoke.start();
    expect(await canLogIn({ seed: membership.key.seed, ...membership.credential })).toBe(true);
    expect((await stage.clusters()).filter((name) => name === 'dead-between')).toHaveLength(1);
  });

  test('with an API server that does not take the credential: it is stored as soon as it does', async () => {
    const spoke = new Spoke(await stage.invite('dead-store'));
    await spoke.store.loadOrCreate(spoke.signal);
    spoke.kube.refuse(secret, { outcome: 'retry', reason: 'Unreachable', because: 'connection refused' });
    const joining = spoke.start();
    await until('it could not be stored', async () => spoke.said('not stored yet').length > 0);
    spoke.kube.refuse(secret, undefined);
    const membership = await joining;
    expect((await spoke.store.loadOrCreate(spoke.signal)).credential?.id).toBe(membership.credential.id);
  });

  test('between key and join, for longer than its token lives: a new token lets the same key in', async () => {
    const invited = await stage.invite('dead-long');
    const spoke = new Spoke(invited);
    spoke.losesAnswer = true;
    void spoke.start().catch(() => undefined);
    await until('the hub has let it in', async () => (await stage.clusters()).includes('dead-long'));
    spoke.losesAnswer = false;
    spoke.token = (await stage.invite('dead-long', { replace: true })).token;
    const { credential, key } = await spoke.start();
    expect(await canLogIn({ seed: key.seed, ...credential })).toBe(true);
  });
});

describe('approval', () => {
  test('a spoke waits and shows its fingerprint; who has another is not let in for it; approved it joins', async () => {
    const spoke = new Spoke(await stage.invite('careful', { approval: true }));
    const joining = spoke.start();
    await until('it asks', async () => (await stateOf('careful')) === 'Pending');
    await until('it says so', async () => spoke.said('waits until an administrator').length > 0);
    const { key } = await spoke.store.loadOrCreate(spoke.signal);
    const fingerprint = fingerprintOf(key);
    expect([spoke.fingerprint, spoke.said(`--fingerprint ${fingerprint}`).length > 0]).toEqual([fingerprint, true]);
    const { body } = await stage.admin('GET', '/v1/join-tokens');
    expect((body as { items: { asked?: { fingerprint: string } }[] }).items[0]?.asked?.fingerprint).toBe(fingerprint);
    expect((await stage.admin('POST', '/v1/clusters/careful/approve', { fingerprint: '0'.repeat(64) })).status).toBe(409);
    expect(await stage.clusters()).not.toContain('careful');
    expect((await stage.admin('POST', '/v1/clusters/careful/approve', { fingerprint })).status).toBe(200);
    const { credential } = await joining;
    expect(await canLogIn({ seed: key.seed, ...credential })).toBe(true);
  });

  test('a hub that dies in between still knows who asked, and who was approved', async () => {
    const spoke = new Spoke(await stage.invite('careful-crash', { approval: true }));
    const joining = spoke.start();
    await until('it asks', async () => (await stateOf('careful-crash')) === 'Pending');
    await stage.hub.kill();
    await stage.startHub();
    expect(await stateOf('careful-crash')).toBe('Pending');
    await stage.admin('POST', '/v1/clusters/careful-crash/approve', {});
    await joining;
    expect(spoke.said('does not answer').length).toBeGreaterThan(0);
  });

  test('rejected it says so, and goes on to ask in case of a new token', async () => {
    const spoke = new Spoke(await stage.invite('unwanted', { approval: true }));
    const joining = spoke.start();
    await until('it asks', async () => (await stateOf('unwanted')) === 'Pending');
    expect((await stage.admin('POST', '/v1/clusters/unwanted/reject', {})).status).toBe(200);
    await until('it is told', async () => spoke.said('an administrator of the hub has rejected this cluster').length > 0);
    expect([await stateOf('unwanted'), await stage.clusters()]).toEqual(['Rejected', expect.not.arrayContaining(['unwanted'])]);
    spoke.token = (await stage.invite('unwanted')).token;
    expect((await joining).credential.id).toMatch(/^[a-z2-7]{26}$/);
  });
});

describe('a member with another token', () => {
  test('joins again with a new key, which is stored before it is used', async () => {
    const spoke = new Spoke(await stage.invite('renewed'));
    const membership = await spoke.start();
    expect(await membership.joinAgain(spoke.signal)).toBe(30_000);
    spoke.token = (await stage.invite('renewed', { replace: true })).token;
    // The first process dies before it hears; the second asks with the same new key.
    spoke.losesAnswer = true;
    void membership.joinAgain(spoke.signal).catch(() => undefined);
    await until('the answer is lost', async () => spoke.signal.aborted);
    spoke.losesAnswer = false;
    const second = await spoke.start();
    expect(second.key.publicKey).toBe(membership.key.publicKey);
    expect(await second.joinAgain(spoke.signal)).toBeUndefined();
    const third = await spoke.start();
    expect([third.credential.id, third.key.publicKey === membership.key.publicKey]).toEqual([membership.credential.id, false]);
    expect(await canLogIn({ seed: third.key.seed, ...third.credential })).toBe(true);
    expect(await third.joinAgain(spoke.signal)).toBe(30_000);
  });

  test('goes on as it was when that token is good for nothing, and says why', async () => {
    const spoke = new Spoke(await stage.invite('steady'));
    const membership = await spoke.start();
    spoke.token = 'z'.repeat(43);
    expect(await membership.joinAgain(spoke.signal)).toBe(30_000);
    expect(spoke.said('unknown, expired or used')).toHaveLength(1);
    expect(await membership.renew(membership.overHttps, spoke.signal)).toBe(true);
    await membership.store(spoke.signal);
    expect((await spoke.start()).key.publicKey).toBe(membership.key.publicKey);
  });
});

test('a token that was cut is told as such, before the hub is asked', async () => {
  const spoke = new Spoke({ ...(await stage.invite('cut-token')), token: 'short' });
  void spoke.start().catch(() => undefined);
  await until('it says so', async () => spoke.said('has 5 characters and should have 43').length > 0);
  spoke.kill();
});
