import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type Answered, type MemoryHub } from '../memory-hub.ts';

const base = '/apis/accord.dev/v1alpha1/clusterpolicies';
const clusters = '/apis/accord.dev/v1alpha1/clusters';
const merge = { 'content-type': 'application/merge-patch+json' };

let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('dev', { env: 'dev' });
  await hub.addCluster('prod', { env: 'prod' });
});
afterEach(() => hub.stop());

function policy(spec: object = {}, metadata: object = {}): object {
  const selector = { clusterSelector: { matchLabels: { env: 'prod' } } };
  return {
    apiVersion: 'accord.dev/v1alpha1',
    kind: 'ClusterPolicy',
    metadata: { name: 'banner', ...metadata },
    spec: { ...selector, ...spec },
  };
}
const put = (body: object, query = '', headers = {}): Promise<Answered> => hub.call('PUT', `${base}/banner${query}`, { body, headers });
const shown = ({ status, body }: Answered): string => `${status} ${body.metadata?.generation ?? body.message}`;

describe('writing a policy', () => {
  test('creates it, and an equal write changes nothing', async () => {
    const created = await put(policy());
    expect([created.status, created.headers['accord-change'], created.headers['location']]).toEqual([
      201,
      'banner@1',
      '/v1/changes/banner%401',
    ]);
    const again = await put(policy());
    expect([again.status, again.body.metadata.resourceVersion]).toEqual([200, created.body.metadata.resourceVersion]);
  });

  test('what was read can be written back and changes nothing, with a warning for what the hub sets', async () => {
    const { body } = await put(policy());
    const back = await put({ ...body, spec: { ...body.spec, epoch: 1, revision: 3 } });
    expect([back.status, back.body.metadata.generation]).toEqual([200, 1]);
    expect(String(back.headers['warning'])).toContain('spec.epoch is set by the hub and was left out');
  });

  test('of two writers that saw the same version exactly one wins', async () => {
    const { body } = await put(policy());
    const { resourceVersion } = body.metadata;
    const writes = await Promise.all([1, 2, 3].map((priority) => put(policy({ priority }, { resourceVersion }))));
    expect(
      writes
        .map(({ status }) => String(status))
        .toSorted()
        .join(' '),
    ).toBe('200 409 409');
    const lost = writes.find(({ status }) => status === 409);
    expect(lost?.body.message).toBe(
      'Operation cannot be fulfilled on clusterpolicies.accord.dev "banner": it was changed since you read it. Read it again, and write again.',
    );
  });

  test('a sealed secret does not go back to an older version, also where the policy was deleted in between', async () => {
    const recipients = [{ cluster: 'prod', keyID: 'k', enc: 'AAAA', ct: 'AAAA' }];
    const entries = { password: { nonce: 'AAAA', ct: 'AAAA' } };
    const sealed = (version: number): object =>
      policy({
        namespaces: [
          { name: 'n', sealedSecrets: [{ name: 'db', suite: 'hpke-x25519-hkdf-sha256-aes256gcm', version, recipients, entries }] },
        ],
      });
    expect((await put(sealed(2))).status).toBe(201);
    const refused = 'Version 1 of Secret n/db is older than 2, which the policy has.';
    expect(shown(await put(sealed(1)))).toContain(refused);
    await hub.call('DELETE', `${base}/banner`);
    expect(shown(await put(sealed(1)))).toContain(refused);
    expect((await put(sealed(2))).status).toBe(201);
  });

  test('a report that came meanwhile makes nobody stale', async () => {
    const { body } = await put(policy());
    hub.report('prod', 'banner', 'Applied');
    expect((await hub.call('GET', `${base}/banner`)).body.metadata.resourceVersion).not.toBe(body.metadata.resourceVersion);
    expect(shown(await put(policy({ priority: 1 }, { resourceVersion: body.metadata.resourceVersion })))).toBe('200 2');
  });

  test('the same Idempotency-Key is one revision, also after a restart, and with another body it is refused', async () => {
    const key = { 'idempotency-key': 'k1' };
    expect(shown(await put(policy({ priority: 1 }), '', key))).toBe('201 1');
    await put(policy({ priority: 2 }));
    const again = await put(policy({ priority: 1 }), '', key);
    expect([shown(again), again.headers['accord-change']]).toEqual(['200 2', 'banner@1']);
    hub = await hub.restart();
    expect(shown(await put(policy({ priority: 1 }), '', key))).toBe('200 2');
    expect((await put(policy({ priority: 3 }), '', key)).status).toBe(422);
  });

  test('two requests with one key at the same moment are one', async () => {
    const key = { 'idempotency-key': 'k2' };
    const both = await Promise.all([put(policy(), '', key), put(policy(), '', key)]);
    expect(both.map(shown).map((text) => text.slice(4))).toEqual(['1', '1']);
  });

  test('a dry run answers like the write and stores nothing', async () => {
    const answer = await put(policy(), '?dryRun=All');
    expect(shown(answer)).toBe('201 1');
    expect(answer.body.spec.prune).toBe('IfCreated');
    expect((await hub.call('GET', `${base}/banner`)).status).toBe(404);
  });

  test('a dry run of a change differs from what is there by that change alone', async () => {
    const before = (await put(policy())).body;
    const { body } = await put(policy({ priority: 9 }), '?dryRun=All');
    expect(body).toEqual({ ...before, spec: { ...before.spec, priority: 9 }, metadata: { ...before.metadata, generation: 2 } });
  });

  const refusals: [name: string, body: unknown, status: number, says: string][] = [
    [
      'an unknown field, with the nearest name',
      policy({ clusterSelectr: {} }),
      400,
      'spec.clusterSelectr: There is no field clusterSelectr here. Did you mean clusterSelector?',
    ],
    [
      'an unknown field of metadata',
      policy({}, { lables: {} }),
      400,
      'metadata.lables: There is no field lables here. Did you mean labels?',
    ],
    ['an unknown field at the top', { ...policy(), sepc: {} }, 400, 'sepc: There is no field sepc here. Did you mean spec?'],
    ['another kind', { ...policy(), kind: 'Policy' }, 400, 'clusterpolicies takes apiVersion accord.dev/v1alpha1 and kind ClusterPolicy'],
    ['another name than the address says', policy({}, { name: 'other' }), 400, 'metadata.name is "other", but the address says "banner"'],
    ['a value that is not accepted', policy({ prune: 'Always' }), 422, 'spec.prune: "Always" is not accepted here'],
    ['a lint', policy({ clusterBindings: [{ clusterRole: 'cluster-admin', users: ['eve'] }] }), 422, 'spec.clusterBindings[0]'],
    ['a label that only the hub sets', policy({}, { labels: { 'accord.dev/name': 'x' } }), 422, 'metadata.labels[accord.dev/name]'],
    ['a label that is no text', policy({}, { labels: { a: 1 } }), 400, 'metadata.labels.a: this is no text'],
    ['JSON with a fault', '{"a":', 400, 'the body is no JSON: it ends too early at line 1, column 6'],
    ['a list', [], 400, 'the body is no object'],
    ['a uid that it has not', policy({}, { uid: 'x' }), 409, 'it has not the uid x'],
  ];
  test.each(refusals)('refuses %s', async (_name, body, status, says) => {
    const answer = await hub.call('PUT', `${base}/banner`, { body });
    expect([answer.status, answer.body.kind]).toEqual([status, 'Status']);
    expect(answer.body.message).toContain(says);
  });

  test('a refusal lists every fault as a cause', async () => {
    const { body } = await put(policy({ prune: 'Always', mode: 'Maybe' }));
    expect(body.details.causes.map(({ field }: { field: string }) => field)).toEqual(['spec.mode', 'spec.prune']);
    expect([body.reason, body.details.kind, body.details.name]).toEqual(['Invalid', 'ClusterPolicy', 'banner']);
  });

  test('a body above 3 MiB is refused before it is read', async () => {
    const answer = await hub.call('PUT', `${base}/banner`, { body: ' '.repeat(3 * 1024 * 1024 + 1) });
    expect([answer.status, answer.body.reason]).toEqual([413, 'RequestEntityTooLarge']);
  });

  test('a policy above 900 KiB is refused with its size', async () => {
    const objects = [1, 2, 3, 4].map((n) => ({
      id: `o${n}`,
      manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${n}`, namespace: 'team' }, data: { x: 'y'.repeat(240_000) } },
    }));
    const answer = await put(policy({ objects }));
    expect(answer.status).toBe(413);
    expect(answer.body.message).toMatch(/has \d+ bytes as canonical JSON, at most 921600/);
  });

  test('POST refuses a name that is taken', async () => {
    expect((await hub.call('POST', base, { body: policy() })).status).toBe(201);
    const again = await hub.call('POST', base, { body: policy() });
    expect([again.status, again.body.reason]).toEqual([409, 'AlreadyExists']);
  });

  test('takes YAML, and warns of a selector that selects nothing', async () => {
    const body =
      'apiVersion: accord.dev/v1alpha1\nkind: ClusterPolicy\nmetadata: {name: banner}\nspec: {clusterSelector: {matchLabels: {env: prd}}}\n';
    const answer = await hub.call('PUT', `${base}/banner`, { body, headers: { 'content-type': 'application/yaml' } });
    expect([answer.status, String(answer.headers['warning'])]).toEqual([
      201,
      '299 - "spec.clusterSelector: env=prd selects 0 clusters. Did you mean env=prod (1)?"',
    ]);
  });
});

describe('patching', () => {
  test('a merge patch changes what it names', async () => {
    await put(policy({ priority: 5 }));
    const answer = await hub.call('PATCH', `${base}/banner`, { body: { spec: { description: 'hello', priority: null } }, headers: merge });
    expect([answer.status, answer.body.spec.description, answer.body.spec.priority]).toEqual([200, 'hello', 100]);
  });

  test('relabels a cluster, and shows the labels of the hub beside', async () => {
    const answer = await hub.call('PATCH', `${clusters}/dev`, { body: { metadata: { labels: { env: 'prod' } } }, headers: merge });
    expect(answer.body.metadata.labels).toEqual({ env: 'prod', 'accord.dev/name': 'dev', 'set.accord.dev/default': '' });
    expect(answer.headers['accord-change']).toBe('cluster/dev@2');
    const back = await hub.call('PUT', `${clusters}/dev`, { body: answer.body });
    expect([back.status, back.body.metadata.generation, String(back.headers['warning'])]).toEqual([
      200,
      2,
      '299 - "status is set by the hub and was left out"',
    ]);
    const forged = await hub.call('PATCH', `${clusters}/dev`, {
      body: { metadata: { labels: { 'accord.dev/name': 'prod' } } },
      headers: merge,
    });
    expect(forged.status).toBe(422);
  });

  test('other patches say what works instead', async () => {
    await put(policy());
    for (const type of ['application/json-patch+json', 'application/apply-patch+yaml', 'application/strategic-merge-patch+json']) {
      const answer = await hub.call('PATCH', `${base}/banner`, { body: '[]', headers: { 'content-type': type } });
      expect(answer.status).toBe(415);
      expect(answer.body.message).toContain('kubectl patch --type merge');
    }
  });
});

describe('waiting', () => {
  test('wait=applied answers 200 when every selected cluster has it', async () => {
    const writing = put(policy(), '?wait=applied&timeout=20s');
    await expect.poll(async () => (await hub.call('GET', `${base}/banner`)).status).toBe(200);
    hub.report('prod', 'banner', 'Applied');
    const answer = await writing;
    expect([answer.status, answer.body.status.summary]).toEqual([200, '1 applied']);
  });

  test('when the time is over it is 202 and says what it waits for', async () => {
    const answer = await put(policy(), '?wait=applied&timeout=1s');
    expect(answer.status).toBe(202);
    expect(String(answer.headers['warning'])).toContain('banner@1 is on its way to prod');
  });
});

describe('deleting', () => {
  test('a policy that no cluster has is gone at once', async () => {
    await put(policy());
    const answer = await hub.call('DELETE', `${base}/banner`);
    expect([answer.status, answer.body.status]).toEqual([200, 'Success']);
    expect((await hub.call('DELETE', `${base}/banner`)).status).toBe(404);
  });

  test('while clusters still have it, it is shown as leaving, and it ends with the last of them', async () => {
    await put(policy());
    hub.report('prod', 'banner', 'Applied');
    const answer = await hub.call('DELETE', `${base}/banner`);
    expect([answer.status, answer.body.metadata.finalizers]).toEqual([202, ['accord.dev/removal']]);
    expect(answer.body.metadata.deletionTimestamp).toMatch(/^20.*Z$/);
    hub.report('prod', 'banner', 'Removed');
    expect((await hub.call('GET', `${base}/banner`)).status).toBe(404);
  });

  test('a name that is used again is another object with a higher revision', async () => {
    const { body } = await put(policy());
    await hub.call('DELETE', `${base}/banner`);
    const again = await put(policy());
    expect(shown(again)).toBe('201 3');
    expect(again.body.metadata.uid).not.toBe(body.metadata.uid);
  });

  test('a stale precondition deletes nothing', async () => {
    await put(policy());
    expect((await hub.call('DELETE', `${base}/banner`, { body: { preconditions: { uid: 'other' } } })).status).toBe(409);
    expect((await hub.call('GET', `${base}/banner`)).status).toBe(200);
  });

  test('a cluster cannot be made or deleted by hand, and the answer says what to do', async () => {
    const made = await hub.call('POST', clusters, { body: {} });
    expect(`${made.status} ${made.body.message}`).toMatch(/^405 .*accord cluster add NAME/);
    expect((await hub.call('DELETE', `${clusters}/dev`)).status).toBe(405);
  });
});

describe('reading', () => {
  test('lists by labels, by name and in pages', async () => {
    const names = async (query: string): Promise<string> =>
      (await hub.call('GET', `${clusters}?${query}`)).body.items
        .map(({ metadata }: { metadata: { name: string } }) => metadata.name)
        .join(' ');
    expect(await names('')).toBe('dev prod');
    expect(await names('labelSelector=env%20in%20(prod,stage)')).toBe('prod');
    expect(await names('fieldSelector=metadata.name%3Ddev')).toBe('dev');
    const first = (await hub.call('GET', `${clusters}?limit=1`)).body.metadata;
    expect(first.remainingItemCount).toBe(1);
    expect(await names(`limit=1&continue=${first.continue}`)).toBe('prod');
    expect((await hub.call('GET', `${clusters}?fieldSelector=spec.mode%3DEnforce`)).status).toBe(400);
  });

  test('conditions follow the state, and keep the time of their last transition', async () => {
    await put(policy());
    hub.report('prod', 'banner', 'Failed', 'no permission');
    const condition = async (type: string): Promise<{ status: string; reason: string; lastTransitionTime: string }> =>
      (await hub.call('GET', `${base}/banner`)).body.status.conditions.find((one: { type: string }) => one.type === type);
    const failed = await condition('Ready');
    expect([failed.status, failed.reason, (await condition('Stalled')).status]).toEqual(['False', 'Failed', 'True']);
    hub.report('prod', 'banner', 'Failed', 'still no permission');
    expect((await condition('Ready')).lastTransitionTime).toBe(failed.lastTransitionTime);
    hub.report('prod', 'banner', 'Applied');
    expect([(await condition('Ready')).status, (await condition('Stalled')).status]).toEqual(['True', 'False']);
  });

  test('kubectl gets a table', async () => {
    await put(policy());
    hub.report('prod', 'banner', 'Applied');
    const { body } = await hub.call('GET', base, { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' } });
    expect([body.kind, body.rows[0].cells.slice(0, 5), body.rows[0].object.kind]).toEqual([
      'Table',
      ['banner', 'True', '1/1', '1 applied', 1],
      'PartialObjectMetadata',
    ]);
  });
});
