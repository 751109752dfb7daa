import { describe, expect, test } from 'vitest';
import { readLines, sseData } from './read-lines.ts';

async function* chunks(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

describe('readLines', () => {
  test('a line may come in pieces, several in one piece, and the last without an end', async () => {
    expect(await Array.fromAsync(readLines(chunks('{"a":', '1}\n{"b":2}\r\n\n', 'last')))).toEqual(['{"a":1}', '{"b":2}', '', 'last']);
  });

  test('a letter that is cut in two stays one letter', async () => {
    const bytes = new TextEncoder().encode('ü\n');
    expect(await Array.fromAsync(readLines(chunks(bytes.subarray(0, 1), bytes.subarray(1))))).toEqual(['ü']);
  });
});

describe('sseData', () => {
  test('gives the data of each event and leaves heartbeats, names and ids out', async () => {
    const lines = readLines(chunks(': beat\n\nid: 4\nevent: row\ndata: {"a":\ndata: 1}\n\n:\ndata:2\n\n'));
    expect(await Array.fromAsync(sseData(lines))).toEqual(['{"a":\n1}', '2']);
  });

  test('an event that was cut off by the end of the stream is not given', async () => {
    expect(await Array.fromAsync(sseData(readLines(chunks('data: half'))))).toEqual([]);
  });
});
