import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles a program of the benches as `npm run build` bundles the real spoke. */
export async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
