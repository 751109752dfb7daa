import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSealingKey } from './hpke.ts';
import { openSecret, sealSecret, type Opener, type SecretPlace, type SecretValues } from './seal-secret.ts';
import { sealedSecretSchema, type SealedSecret } from './sealed-secret.ts';

const place: SecretPlace = { namespace: 'payments', name: 'db', type: 'Opaque', version: 3 };
const cluster = (name: string): Opener => ({ cluster: name, clusterID: name.repeat(3), keys: [createSealingKey()] });
const [prod, dev] = [cluster('prod'), cluster('dev')];
const recipientOf = ({ cluster: name, clusterID, keys: [key = createSealingKey()] }: Opener) => ({ cluster: name, clusterID, ...key });
const seal = (values: SecretValues, ...openers: readonly Opener[]) => sealSecret(place, values, openers.map(recipientOf));
const texts = (values: SecretValues) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString()]));

const sealed = await seal({ user: Buffer.from('shop'), password: Buffer.from('hunter2') }, prod, dev);
const opens = (secret: SealedSecret, opener: Opener = prod, namespace = place.namespace) => openSecret(secret, namespace, opener);

describe('a sealed secret', () => {
  test('opens on each cluster it is sealed for, and holds no value in the clear', async () => {
    for (const opener of [prod, dev]) {
      const opened = await opens(sealed, opener);
      expect(opened.outcome === 'opened' && texts(opened.values)).toEqual({ user: 'shop', password: 'hunter2' });
    }
    const text = JSON.stringify(sealed);
    for (const value of ['shop', 'hunter2']) {
      expect(text).not.toContain(value);
      expect(text).not.toContain(Buffer.from(value).toString('base64').replace(/=+$/, ''));
    }
  });

  test('is what a policy may hold', () => expect(sealedSecretSchema.parse(sealed)).toEqual(sealed));

  test('opens with the key of before, as long as it is kept', async () => {
    const keys = [createSealingKey(), ...prod.keys];
    expect((await opens(sealed, { ...prod, keys })).outcome).toBe('opened');
  });

  test('says whether it is sealed for others, or for a key that is gone', async () => {
    const other = cluster('test');
    expect(await opens(sealed, other)).toEqual({ outcome: 'no-recipient' });
    expect(await opens(sealed, { ...prod, keys: other.keys })).toEqual({ outcome: 'key-unknown' });
  });

  test('takes any bytes as values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.stringMatching(/^[-_a-z0-9]{1,20}$/), fc.uint8Array({ maxLength: 500 })), async (values) => {
        expect(await opens(await seal(values, prod))).toEqual({ outcome: 'opened', values: { ...values } });
      }),
      { numRuns: 30 },
    );
  });
});

describe('a ciphertext does not open', () => {
  const broken = { outcome: 'broken' };
  const moves: readonly (readonly [string, SealedSecret, Opener?, string?])[] = [
    ['under another name', { ...sealed, name: 'db2' }],
    ['with another type', { ...sealed, type: 'kubernetes.io/tls' }],
    ['as another version', { ...sealed, version: 2 }],
    ['in another namespace', sealed, prod, 'shop'],
    ['on a cluster of the same name and key that is another one', sealed, { ...prod, clusterID: 'other' }],
    ['under another key', { ...sealed, entries: { passwort: sealed.entries['password'] ?? { nonce: '', ct: '' } } }],
    [
      'where two values change places',
      {
        ...sealed,
        entries: { user: sealed.entries['password'] ?? { nonce: '', ct: '' }, password: sealed.entries['user'] ?? { nonce: '', ct: '' } },
      },
    ],
    [
      'where a recipient stands in for another',
      { ...sealed, recipients: sealed.recipients.map((recipient) => ({ ...recipient, ct: sealed.recipients[1]?.ct ?? '' })) },
    ],
  ];
  test.each(moves.map(([claim, ...of]) => ({ claim, of })))(
    '$claim',
    async ({ of: [secret, opener = prod, namespace = place.namespace] }) => {
      expect(await opens(secret, opener, namespace)).toEqual(broken);
    },
  );

  test('wherever it is moved', async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    const anywhere = fc.record({ name, namespace: name, type: name, version: fc.integer({ min: 1, max: 9 }), clusterID: name });
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ namespace, clusterID, ...moved }) => {
        const stays = moved.name === place.name && moved.type === place.type && moved.version === place.version;
        fc.pre(!(stays && namespace === place.namespace && clusterID === prod.clusterID));
        expect(await opens({ ...sealed, ...moved }, { ...prod, clusterID }, namespace)).toEqual(broken);
      }),
      { numRuns: 50 },
    );
  });

  const parts: readonly (readonly [string, (secret: SealedSecret, change: (text: string) => string) => SealedSecret])[] = [
    ['the encapsulated key', (secret, change) => ({ ...secret, recipients: secret.recipients.map((r) => ({ ...r, enc: change(r.enc) })) })],
    ['the content key', (secret, change) => ({ ...secret, recipients: secret.recipients.map((r) => ({ ...r, ct: change(r.ct) })) })],
    ['the nonce', (secret, change) => withPassword(secret, (entry) => ({ ...entry, nonce: change(entry.nonce) }))],
    ['the value', (secret, change) => withPassword(secret, (entry) => ({ ...entry, ct: change(entry.ct) }))],
  ];
  test.each(parts)('with a flipped bit or a missing end in %s', async (_part, change) => {
    const onBytes = (edit: (bytes: Buffer) => Uint8Array) => (text: string) =>
      Buffer.from(edit(Buffer.from(text, 'base64'))).toString('base64');
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (at, bit) => {
        const flip = onBytes((bytes) =>
          bytes.fill((bytes[at % bytes.length] ?? 0) ^ (1 << bit), at % bytes.length, (at % bytes.length) + 1),
        );
        const cut = onBytes((bytes) => bytes.subarray(0, at % bytes.length));
        for (const edit of [flip, cut]) expect(await opens(change(sealed, edit))).toEqual(broken);
      }),
      { numRuns: 30 },
    );
  });
});

function withPassword(
  secret: SealedSecret,
  change: (entry: SealedSecret['entries'][string]) => SealedSecret['entries'][string],
): SealedSecret {
  return { ...secret, entries: { ...secret.entries, password: change(secret.entries['password'] ?? { nonce: '', ct: '' }) } };
}

test('all of it works in a process with the flags of the spoke, which has no WebAssembly', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const home = mkdtempSync(join(tmpdir(), 'accord-lite-'));
  const entry = join(home, 'entry.ts');
  const modules = ['hpke', 'seal-secret'].map((name) => JSON.stringify(join(root, `packages/proto/src/${name}.ts`)));
  writeFileSync(
    entry,
    `import { createSealingKey } from ${modules[0]};
import { openSecret, sealSecret } from ${modules[1]};
const key = createSealingKey();
const sealed = await sealSecret({ namespace: 'n', name: 's', type: 'Opaque', version: 1 }, { k: Buffer.from('v') }, [{ cluster: 'c', clusterID: 'i', ...key }]);
const told = async (namespace) => (await openSecret(sealed, namespace, { cluster: 'c', clusterID: 'i', keys: [key] })).outcome;
process.stdout.write([typeof WebAssembly, await told('n'), await told('m')].join(' '));
`,
  );
  const bundle = join(home, 'entry.mjs');
  execFileSync(join(root, 'node_modules/.bin/esbuild'), [entry, '--bundle', '--platform=node', '--format=esm', `--outfile=${bundle}`], {
    stdio: 'pipe',
  });
  const said = execFileSync(process.execPath, ['--lite-mode', '--max-semi-space-size=1', bundle], { encoding: 'utf8' });
  rmSync(home, { recursive: true });
  expect(said).toBe('undefined opened broken');
});
