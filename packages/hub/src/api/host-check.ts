import { Refusal } from './refusal.ts';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Rejects with `forbidden` what a foreign web page could make a browser send.
 *
 * A page can point a name of its own at the loopback, so only known names are served; and a page sends its origin with a write.
 */
export function requireKnownHost(
  headers: { readonly host?: string | undefined; readonly origin?: string | undefined },
  allowedHosts: readonly string[],
): void {
  const known = [...loopback, ...allowedHosts];
  const host = hostName(`http://${headers.host ?? ''}`);
  if (host === undefined || !known.includes(host)) {
    throw new Refusal('forbidden', `this hub is not called "${headers.host ?? ''}"`, { help: `Call it by one of: ${known.join(', ')}.` });
  }
  if (headers.origin === undefined) return;
  const origin = hostName(headers.origin);
  if (origin === undefined || !known.includes(origin)) {
    throw new Refusal('forbidden', `requests of the origin "${headers.origin}" are not served`, {
      help: 'Open the hub under its own address.',
    });
  }
}

function hostName(url: string): string | undefined {
  return URL.parse(url)?.hostname;
}
