import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderAccountsConf, renderNatsConf } from './nats-conf.ts';

const dir = '/var/lib/accord/nats';
const read = (file: string): string => readFileSync(new URL(`../../../../../deploy/nats/${file}`, import.meta.url), 'utf8');

/** Comments, and the blanks before them, are for people. */
const settings = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#.*$/, ''))
    .filter((line) => line !== '');

test('the server is started with the documented settings', () => {
  expect(settings(renderNatsConf({ dir, listen: { host: '127.0.0.1', port: 4222 } }))).toEqual(settings(read('embedded.conf')));
});

test('the accounts are the documented ones', () => {
  const claims = Object.fromEntries(['operator', 'SYS', 'HUB', 'SPOKES'].map((name) => [name, `eyJ0eXAi.${name.toUpperCase()}.SIGNATURE`]));
  const { operator = '', SYS = '', HUB = '', SPOKES = '' } = claims;
  const publicKeys = { SYS: 'A_SYS', HUB: 'A_HUB', SPOKES: 'A_SPOKES' };
  const rendered = renderAccountsConf({ dir, claims: { operator, SYS, HUB, SPOKES }, publicKeys });
  expect(settings(rendered)).toEqual(settings(read('accounts.conf.example')));
});

test('an address of IPv6 stands in brackets', () => {
  expect(renderNatsConf({ dir, listen: { host: '::1', port: 4222 } })).toContain('listen: "[::1]:4222"');
});

test('a directory with a quotation mark cannot end the text around it', () => {
  expect(renderNatsConf({ dir: '/tmp/a"b', listen: { host: '::1', port: 1 } })).toContain('store_dir: "/tmp/a\\"b/js"');
});
