import { expect, test } from 'vitest';
import { parseCommand } from './parse-command.ts';

test.each([
  ['up', { verb: 'up', clusters: undefined, port: 7420, fresh: false }],
  ['up --clusters 5 --port 7421 --fresh', { verb: 'up', clusters: 5, port: 7421, fresh: true }],
  ['down', { verb: 'down' }],
  ['status', { verb: 'status', output: 'text' }],
  ['status -o json', { verb: 'status', output: 'json' }],
  ['kubeconfig prod-eu-1', { verb: 'kubeconfig', name: 'prod-eu-1' }],
  ['', { verb: 'help' }],
  ['up --help', { verb: 'help' }],
])('"%s" is understood', (line, command) => {
  expect(parseCommand(line.split(' ').filter((word) => word !== ''))).toEqual(command);
});

test.each([
  ['start', 'unknown command "start"'],
  ['up --clusters 0', '--clusters takes a number from 1 to 50, not "0"'],
  ['up --clusters many', '--clusters takes a number from 1 to 50, not "many"'],
  ['up --port 70000', '--port takes a number from 1 to 65535, not "70000"'],
  ['up --frehs', "Unknown option '--frehs'"],
  ['up now', "Unexpected argument 'now'"],
  ['status -o yaml', '-o takes json or text, not "yaml"'],
  ['kubeconfig a b', 'kubeconfig takes one name'],
])('"%s" is refused in words', (line, message) => {
  expect(parseCommand(line.split(' '))).toEqual({ verb: 'misuse', message: expect.stringContaining(message) });
});
