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

/** The data of each Server-Sent Event; comments (heartbeats) and other fields are left out. Source: WHATWG HTML, section 9.2.6. */
export async function* sseData(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const line of lines) {
    if (line === '' && parts.length > 0) {
      yield parts.join('\n');
      parts = [];
    }
    if (line.startsWith('data:')) parts.push(line.slice(line.startsWith('data: ') ? 6 : 5));
  }
}
