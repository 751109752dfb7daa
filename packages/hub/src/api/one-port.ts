import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

/** PEM texts; the key is a secret. */
export interface ServingCertificate {
  readonly key: string;
  readonly cert: string;
}

type Socket = IncomingMessage['socket'];

/** First byte of every TLS connection (RFC 8446, record type handshake); no HTTP method begins with it. */
const handshake = 0x16;
/** Whoever connects and says nothing is let go. */
const silentMsMax = 10_000;

/**
 * HTTP and HTTPS on one port, told apart by the first byte.
 *
 * Browsers and scripts on this machine need no certificate, and kubectl, which gives its token to TLS alone, has one to pin.
 */
export function createOnePortServer({ key, cert }: ServingCertificate, handler: RequestListener): Server {
  const plain = createServer(handler);
  const secure = createSecureServer({ key, cert, minVersion: 'TLSv1.3', handshakeTimeout: silentMsMax }, handler);
  // Those that have not said which they are, or have not finished saying it, belong to neither server.
  const sockets = new Set<Socket>();
  const servePlain = plain.listeners('connection') as ((socket: Socket) => void)[];
  plain.removeAllListeners('connection');
  plain.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const giveUp = (): void => void socket.destroy();
    socket.on('error', giveUp);
    socket.setTimeout(silentMsMax, giveUp);
    socket.once('readable', () => {
      const first = socket.read(1) as Buffer | null;
      if (first === null) return giveUp();
      socket.unshift(first);
      socket.setTimeout(0);
      socket.off('timeout', giveUp);
      socket.off('error', giveUp);
      if (first[0] === handshake) secure.emit('connection', socket);
      else for (const serve of servePlain) serve.call(plain, socket);
    });
  });
  // The caller knows one server, and closing its connections means all of them.
  plain.closeAllConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  return plain;
}
