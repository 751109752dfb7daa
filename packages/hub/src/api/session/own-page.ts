import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';

/**
 * From where a browser sent a request. `unsaid`: by its user himself, or by no browser.
 *
 * Source: Fetch Metadata Request Headers; the Origin is for where they are missing, as over plain HTTP beyond the loopback. A page of another port
 * is `same-site`, and gets the cookie, which knows no ports.
 */
function pageOf(headers: IncomingHttpHeaders): 'own' | 'foreign' | 'unsaid' {
  const site = headers['sec-fetch-site'];
  if (site === 'none') return 'unsaid';
  if (site !== undefined) return site === 'same-origin' ? 'own' : 'foreign';
  if (headers.origin === undefined) return 'unsaid';
  return isOf(headers.origin, headers.host ?? '') ? 'own' : 'foreign';
}

/** The scheme is left to the browser: behind a proxy the hub does not see it. */
function isOf(origin: string, host: string): boolean {
  const asked = URL.parse(origin);
  return asked !== null && asked.host === URL.parse(`${asked.protocol}//${host}`)?.host;
}

/** Rejects with `forbidden` what a session does not count for: what no page of this hub has sent. A read may be typed as an address. */
export function requireOwnPage({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): void {
  const page = pageOf(headers);
  const isRead = method === 'GET' || method === 'HEAD';
  if (page === 'own' || (page === 'unsaid' && isRead)) return;
  const because = page === 'foreign' ? 'was sent by a page of another origin' : 'does not say which page sent it';
  throw notOurs(`a session counts for the console alone, and this request ${because}`);
}

/** Rejects with `forbidden` what a page of another origin has sent, so that it signs nobody in as somebody else. */
export function refuseForeignPage({ headers }: Pick<FastifyRequest, 'headers'>): void {
  if (pageOf(headers) === 'foreign') throw notOurs('a page of another origin signs nobody in');
}

function notOurs(message: string): Refusal {
  return new Refusal('forbidden', message, { help: 'Open the console under its own address, or send "Authorization: Bearer TOKEN".' });
}
