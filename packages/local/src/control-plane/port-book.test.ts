import { createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPortFree, PortBook } from './port-book.ts';

const bookPath = () => join(mkdtempSync(join(tmpdir(), 'accord-ports-')), 'ports.json');

test('a later book remembers the port', async () => {
  const path = bookPath();
  const port = await new PortBook(path).reserve('hub');
  expect(await new PortBook(path).reserve('hub')).toBe(port);
});

test('two purposes never share a port', async () => {
  const book = new PortBook(bookPath());
  const port = await book.reserve('etcd');
  expect(await book.reserve('hub', port)).not.toBe(port);
});

test('a port that somebody else took meanwhile is replaced', async () => {
  const path = bookPath();
  const port = await new PortBook(path).reserve('hub');
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  expect(await isPortFree(port)).toBe(false);
  expect(await new PortBook(path).reserve('hub')).not.toBe(port);
  other.close();
});

test('a damaged book starts empty', async () => {
  const path = bookPath();
  writeFileSync(path, '{"hub": 12');
  expect(new PortBook(path).purposes()).toEqual([]);
});
