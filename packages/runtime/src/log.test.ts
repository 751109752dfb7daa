import { randomBytes } from 'node:crypto';
import { CodedError } from '@accord/proto/coded-error';
import { createKeyPair } from '@accord/proto/keys';
import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { censor, redactSecrets } from '@accord/proto/redact-secrets';

const part = (bytes: number): string => randomBytes(bytes).toString('base64url');
const jwt = `eyJ${part(20)}.${part(60)}.${part(64)}`;
const secrets: readonly (readonly [what: string, secret: string])[] = [
  ['the seed of a spoke', createKeyPair('user').seed],
  ['the seed of an account', createKeyPair('account').seed],
  ['the seed of the key that signs desired state', createKeyPair('operator').seed],
  ['a token of NATS or of a login server', jwt],
  ['an API token', `acc_${part(32)}`],
  ['a join token', part(32)],
  ['a private key', `-----BEGIN PRIVATE KEY-----\n${part(48)}\n-----END PRIVATE KEY-----`],
];

function logged(log: (to: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  log(createLog({ name: 'test', level: 'debug', destination: { write: (line) => void lines.push(line) } }));
  return lines.join('');
}

/** Also as it stands in JSON. */
function expectGone(text: string, secret: string): void {
  for (const form of [secret, JSON.stringify(secret).slice(1, -1), secret.split('\n')[1] ?? secret]) expect(text).not.toContain(form);
  expect(text).toContain(censor);
}

describe.each(secrets)('%s is cut out', (_what, secret) => {
  test('of a message and of a field', () => {
    expectGone(
      logged((log) => log.warn(`the bus says ${secret}.`)),
      secret,
    );
    expectGone(
      logged((log) => log.info('refused', { because: `with "${secret}"` })),
      secret,
    );
  });

  test('of an error, its help, its cause and whatever hangs on them', () => {
    const cause = Object.assign(new Error(`GET /?token=${secret}`), { response: { body: { deep: [{ secret }] } } });
    const error = new CodedError('unavailable', `no answer to ${secret}`, { cause, help: `Use ${secret}` });
    expectGone(
      logged((log) => log.error('it failed', { code: error.code, error })),
      secret,
    );
  });

  test('of a child', () =>
    expectGone(
      logged((log) => log.child({ id: secret }).debug('here')),
      secret,
    ));
});

describe('redactSecrets', () => {
  test.each([
    ['an Authorization header', 'authorization: Bearer abc.def', 'authorization: Bearer [redacted]'],
    ['the password of an address', 'dial nats://hub:s3cr3t@10.0.0.1:4222', 'dial nats://hub:[redacted]@10.0.0.1:4222'],
  ])('of %s only the secret goes', (_what, text, clean) => expect(redactSecrets(text)).toBe(clean));

  test.each([
    ['a public key', createKeyPair('user').publicKey],
    ['a fingerprint', randomBytes(32).toString('hex')],
    ['the id of a cluster', 'abcdefghijklmnopqrstuvwx27'],
    ['a name of 43 letters', 'a-name-in-kubernetes-may-be-as-long-as-this'],
    ['a path with a line', 'at file:///packages/hub/src/api/v1/metrics.ts:12:5'],
    ['an address', 'https://127.0.0.1:7420/v1/fleet'],
    ['a trace', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ])('%s stays', (_what, text) => expect(redactSecrets(text)).toBe(text));
});
