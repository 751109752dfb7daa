import { programVersion } from '@accord/proto/version';
import type { FastifyInstance } from 'fastify';

const protobuf = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/**
 * A document without any definition.
 *
 * kubectl checks a v1 List, which is what `kubectl get -o yaml` prints of several objects, against this old form alone. Where it
 * finds no definition it leaves the checking to the server, which refuses what it does not know.
 */
export function registerOpenApiV2(app: FastifyInstance): void {
  const info = { title: 'Accord', version: programVersion };
  // openapi.v2.Document: swagger = 1, info = 2 {title = 1, version = 2}, paths = 8.
  const document = Buffer.concat([field(1, '2.0'), field(2, Buffer.concat([field(1, info.title), field(2, info.version)])), field(8, '')]);
  app.get('/openapi/v2', { config: { role: 'viewer', scope: 'any' } }, (request, reply) => {
    void reply.header('vary', 'Accept');
    if (!/proto-openapi/.test(request.headers.accept ?? '')) return reply.send({ swagger: '2.0', info, paths: {} });
    return reply.type(protobuf).send(document);
  });
}

/** A length-delimited field of fewer than 128 bytes. */
function field(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.of((number << 3) | 2, bytes.length), bytes]);
}
