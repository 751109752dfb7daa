import { expect, test } from 'vitest';
import { parseAckSubject } from './ack-subject.ts';

const subjects: [name: string, subject: string][] = [
  ['without a domain', '$JS.ACK.FLEET.follow-x.1.42.7.1795440000000000000.3'],
  ['with a domain and an account', '$JS.ACK._.hash.FLEET.follow-x.1.42.7.1795440000000000000.3'],
  ['with a random token at the end', '$JS.ACK.hub.hash.FLEET.follow-x.1.42.7.1795440000000000000.3.r4nd0m'],
];
test.each(subjects)('reads the position %s', (_name, subject) => {
  expect(parseAckSubject(subject)).toEqual({ streamSeq: 42, deliverySeq: 7, pending: 3 });
});

test('takes nothing else for a position', () => {
  for (const subject of ['', '$JS.ACK.FLEET', '_INBOX.x']) expect(() => parseAckSubject(subject)).toThrow('no acknowledgement subject');
});
