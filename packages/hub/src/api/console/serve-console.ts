import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { paramOf, pathOf } from '../request-context.ts';

/** The files hold nothing of the fleet: whoever sees it is let in under /v1. */
const config = { role: 'public' } as const;
const method = ['GET', 'HEAD'];
/** As vite names what it builds. No other name reaches the file system. */
const fileName = /^[\w-][\w.-]*$/;

/**
 * The page runs its own scripts, asks its own hub, and stands in nobody's frame.
 * Source: Content Security Policy Level 3, Fetch, HTML, Permissions Policy.
 */
const strictHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/**
 * Serves the build of the console in `dir`, which may come later than the hub. Returns whether a request is one for its page: a browser
 * that asks for an address under which no other route begins. Called before those are registered.
 */
export function registerConsole(app: FastifyInstance, dir: string): (request: FastifyRequest) => boolean {
  const taken = new Set<string>();
  app.addHook('onRoute', ({ url }) => void taken.add(firstOf(url)));
  const isPage = (request: FastifyRequest): boolean => isOfBrowser(request) && !taken.has(firstOf(pathOf(request)));
  app.register(fastifyStatic, { root: dir, serve: false, index: false, acceptRanges: false, suppressWarning: true });
  app.route({ method, url: '/assets/*', config, handler: sendAsset });
  app.route({ method, url: '/*', config, handler: (request, reply) => (isPage(request) ? sendPage(reply) : sendNamed(request, reply)) });
  return isPage;
}

/** The name holds a hash of the content, so that it is asked for once. */
function sendAsset(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const name = paramOf(request, '*');
  if (!fileName.test(name)) return notThere(reply);
  return reply.headers(strictHeaders).sendFile(`assets/${name}`, { maxAge: '365d', immutable: true });
}

/** It names the assets of one build, and has to be of the newest. */
function sendPage(reply: FastifyReply): FastifyReply {
  return reply.headers(strictHeaders).sendFile('index.html', { cacheControl: false, etag: false, lastModified: false });
}

/** What lies beside the page, as an icon does. */
function sendNamed(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const name = paramOf(request, '*');
  if (!fileName.test(name) || !name.includes('.')) return notThere(reply);
  return reply.headers(strictHeaders).sendFile(name, { cacheControl: false });
}

function notThere(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

/** A hub is of use without its console. */
export function answerNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .status(404)
    .headers(strictHeaders)
    .type('text/plain; charset=utf-8')
    .send('The console of this hub is not built. Build it, and load this page again:\n\n  npm run build --workspace @accord/console\n');
}

function isOfBrowser(request: FastifyRequest): boolean {
  const { method: asked, headers } = request;
  return (asked === 'GET' || asked === 'HEAD') && (pathOf(request) === '/' || /\btext\/html\b/i.test(headers.accept ?? ''));
}

/** `/v1/fleet` → `v1`. */
function firstOf(path: string): string {
  return path.split('/')[1] ?? '';
}
