import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecord, writeRecord } from './nats-record.ts';

const record = { pid: 4711, startTime: '123', argv0: '/bin/nats-server', listen: { host: '127.0.0.1', port: 4222 } };
const place = (): string => join(mkdtempSync(join(tmpdir(), 'accord-record-')), 'nats.pid.json');

test('a record is read as it was written', () => {
  const path = place();
  expect(readRecord(path)).toBeUndefined();
  writeRecord(path, record);
  expect(readRecord(path)).toEqual(record);
});

test.each([
  ['a torn file', '{"pid":47'],
  ['no object', 'null'],
  ['init', JSON.stringify({ ...record, pid: 1 })],
  ['a process group', JSON.stringify({ ...record, pid: -4711 })],
  ['no pid', JSON.stringify({ ...record, pid: undefined })],
  ['no start time', JSON.stringify({ ...record, startTime: undefined })],
  ['no address', JSON.stringify({ ...record, listen: undefined })],
])('%s is nothing that may be stopped', (_name, text) => {
  const path = place();
  writeFileSync(path, text, { mode: 0o600 });
  expect(readRecord(path)).toBeUndefined();
});
