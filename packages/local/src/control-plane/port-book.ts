import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CodedError } from '@accord/proto/coded-error';
import { writePrivate } from '../write-private.ts';

/** Ports of a fleet by purpose, remembered in a file so that the next start uses the same ones. */
export class PortBook {
  readonly #path: string;
  readonly #ports: Map<string, number>;

  constructor(path: string) {
    this.#path = path;
    this.#ports = new Map(Object.entries(readPorts(path)));
  }

  /** The remembered port, else the preferred one, else any; a port that somebody else uses meanwhile is replaced. */
  async reserve(purpose: string, preferred?: number): Promise<number> {
    const candidates = [this.#ports.get(purpose), preferred, ...Array.from({ length: 50 }, randomPort)];
    for (const port of candidates) {
      if (port === undefined || this.#isTaken(port, purpose) || !(await isPortFree(port))) continue;
      this.#ports.set(purpose, port);
      writePrivate(this.#path, JSON.stringify(Object.fromEntries(this.#ports), undefined, 2));
      return port;
    }
    throw new CodedError('port-in-use', `no free port on 127.0.0.1 for ${purpose}: 50 random ports were taken`);
  }

  purposes(): string[] {
    return [...this.#ports.keys()];
  }

  #isTaken(port: number, purpose: string): boolean {
    return [...this.#ports].some(([other, taken]) => taken === port && other !== purpose);
  }
}

/** Below the range from which Linux and macOS take ports for outgoing connections, so that none of those sits there at the next start. */
const randomPort = () => randomInt(20_000, 30_000);

/** On 127.0.0.1, at this moment: somebody else may take it before its user does. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

function readPorts(path: string): Record<string, number> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Object.fromEntries(Object.entries(value ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  } catch {
    // No file on the first start; a damaged one only costs the old port numbers.
    return {};
  }
}
