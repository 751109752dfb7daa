/** Lines of a stream of UTF-8 as they come, without their ends; a last line without an end counts as one. */
export async function* readLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

export interface SentEvent {
  /** Of the last event that had one; empty before. */
  readonly id: string;
  readonly name: string;
  readonly data: string;
}

/** Server-Sent Events; comments (heartbeats), and what was cut off by the end, are left out. Source: WHATWG HTML, section 9.2.6. */
export async function* sentEvents(lines: AsyncIterable<string>): AsyncGenerator<SentEvent> {
  let [id, nextId, name, parts]: [string, string, string, string[]] = ['', '', '', []];
  for await (const line of lines) {
    if (line === '') {
      // An id counts once its event has come whole: it is where a reader goes on.
      id = nextId;
      if (parts.length > 0) yield { id, name, data: parts.join('\n') };
      [name, parts] = ['', []];
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') parts.push(value);
    else if (field === 'event') name = value;
    else if (field === 'id' && !value.includes('\0')) nextId = value;
  }
}
