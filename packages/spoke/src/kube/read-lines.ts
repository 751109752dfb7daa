import { CodedError } from '@accord/proto/coded-error';

/**
 * Lines of an answer as they come. An unfinished last line is dropped: the connection ended in the middle of it.
 * Rejects with `unavailable` when the connection breaks.
 */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of stream) {
      const text = decoder.decode(chunk, { stream: true });
      let from = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        yield rest + text.slice(from, end);
        rest = '';
        from = end + 1;
      }
      rest += text.slice(from);
    }
  } catch (cause) {
    throw new CodedError('unavailable', `the connection broke: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
