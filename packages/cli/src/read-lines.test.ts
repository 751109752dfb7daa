import { describe, expect, test } from 'vitest';
import { readLines, sentEvents } from './read-lines.ts';

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

describe('sentEvents', () => {
  const read = async (text: string): Promise<readonly string[]> => {
    const events = await Array.fromAsync(sentEvents(readLines(chunks(text))));
    return events.map(({ id, name, data }) => `${id}|${name}|${data}`);
  };

  const cases: [claim: string, text: string, events: string[]][] = [
    ['heartbeats are left out', ': beat\n\ndata: 1\n\n:\n\n', ['||1']],
    ['data in several lines is one text, with or without a blank before it', 'data: {"a":\ndata:1}\n\n', ['||{"a":\n1}']],
    ['name and id stand beside it', 'id: b-4\nevent: row\ndata: 1\n\n', ['b-4|row|1']],
    ['an id holds until the next, a name for one event', 'id: b-4\nevent: row\ndata: 1\n\ndata: 2\n\n', ['b-4|row|1', 'b-4||2']],
    ['an id without data counts as well', 'id: b-5\n\ndata: 2\n\n', ['b-5||2']],
    ['an event that was cut off is not given', 'id: b-4\ndata: 1\n\nid: b-5\ndata: half', ['b-4||1']],
    ['data may hold colons', 'data: {"a":"b: c"}\n\n', ['||{"a":"b: c"}']],
  ];
  test.each(cases)('%s', async (_claim, text, events) => {
    expect(await read(text)).toEqual(events);
  });
});
