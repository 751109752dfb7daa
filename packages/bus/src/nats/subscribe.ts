import { CodedError, errorCodes, isCoded } from '@accord/proto/coded-error';
import { errors, headers, type Msg } from '@nats-io/transport-node';
import type { Live } from '../bus.ts';
import type { Link } from './link.ts';

// Several hubs answer the same requests; each request goes to one of them.
const queue = 'hub';

/** What `Bus.subscribe` and the listening half of `Bus.serve` do. The client subscribes again by itself after a broken connection. */
export async function subscribe(
  link: Link,
  listen: { readonly filter: string; readonly isShared: boolean; readonly onMessage: (message: Msg) => void },
  signal: AbortSignal,
): Promise<void> {
  const { filter, isShared, onMessage } = listen;
  const doing = `subscribe to ${filter}`;
  if (signal.aborted) return;
  let refused: Error | undefined;
  const callback = (error: Error | null, message: Msg): void => {
    if (error === null) return onMessage(message);
    refused = error;
  };
  const subscription = link.connection.subscribe(filter, isShared ? { callback, queue } : { callback });
  const stop = (): void => subscription.unsubscribe();
  try {
    await link.flush(doing);
  } catch (error) {
    stop();
    throw error;
  }
  // A refusal comes before the answer to the flush. A later one, after a relabel, is reported by the connection.
  if (refused instanceof errors.PermissionViolationError)
    throw new CodedError('forbidden', `${doing}: ${refused.message}`, { cause: refused });
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
}

const codeHeader = 'Accord-Error-Code';
const messageHeader = 'Accord-Error';
const helpHeader = 'Accord-Error-Help';

/**
 * Answers one request, with an error if need be: a request without an answer costs the server memory and the caller its time.
 *
 * A bug in `answer` is answered, and then thrown on.
 */
export async function answerRequest(message: Msg, answer: (request: Live) => Promise<Uint8Array>): Promise<void> {
  try {
    message.respond(await answer({ subject: message.subject, body: message.data }));
  } catch (error) {
    const fields = headers();
    fields.set(codeHeader, isCoded(error) ? error.code : 'unavailable');
    fields.set(messageHeader, isCoded(error) ? onOneLine(error.message) : 'the peer failed');
    if (isCoded(error) && error.help !== undefined) fields.set(helpHeader, onOneLine(error.help));
    message.respond(new Uint8Array(), { headers: fields });
    if (!isCoded(error)) throw error;
  }
}

/** The other end of `answerRequest`: the body, or the error that the peer answered with. */
export function parseAnswer(message: Msg): Uint8Array {
  const code = message.headers?.get(codeHeader) ?? '';
  if (code === '') return message.data;
  const known = errorCodes.find((candidate) => candidate === code) ?? 'unavailable';
  const help = message.headers?.get(helpHeader) ?? '';
  throw new CodedError(known, message.headers?.get(messageHeader) ?? '', help === '' ? {} : { help });
}

function onOneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
