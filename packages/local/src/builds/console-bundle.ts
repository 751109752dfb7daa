import { isCoded } from '@accord/proto/coded-error';
import { ensureBuild } from './ensure-build.ts';

const sources = [
  'console/src',
  'console/public',
  'console/index.html',
  'console/vite.config.ts',
  'console/package.json',
  'core/src',
  'proto/src',
];

export interface OfferConsole {
  readonly onProgress: (line: string) => void;
  /** Where the workspaces are, instead of this repository. */
  readonly root?: string;
}

/** Builds the console where the hub looks for it, when its sources are newer. Rejects with `unavailable` and what npm said. */
export async function ensureConsole(signal: AbortSignal, root?: string): Promise<void> {
  await ensureBuild({ name: 'console', output: 'dist/index.html', sources, ...(root !== undefined && { root }) }, signal);
}

/** Builds the console where the hub looks for it, when its sources are newer. A fleet is of use without: what fails is told in one line. */
export async function offerConsole({ onProgress, root }: OfferConsole, signal: AbortSignal): Promise<void> {
  try {
    await ensureConsole(signal, root);
  } catch (error) {
    if (signal.aborted) return;
    if (!isCoded(error)) throw error;
    onProgress('console: not built, and the fleet runs without it. See why: npm run build --workspace @accord/console');
  }
}
