import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

const threads = 4;
const iterations = 500;

/** Lets so many rounds of the event loop go by. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Until nothing is left to do at this moment of the clock. */
export async function untilIdle(): Promise<void> {
  await turns(30);
  await otherThreads();
  await turns(30);
}

/**
 * Lets the threads of libuv end what they have. A hub has signatures verified there; they are begun in the order in which they come, so
 * that they are done before what comes later and takes each thread for longer.
 */
async function otherThreads(): Promise<void> {
  await Promise.all(Array.from({ length: threads }, () => promisify(pbkdf2)('', '', iterations, 32, 'sha256')));
}
