import { ensureBuild } from './ensure-build.ts';

/**
 * Bundles the spoke when its sources are newer than the bundle, and returns the bundle's path.
 * A spoke under its real flags cannot run from TypeScript: stripping types needs WebAssembly, which `--lite-mode` leaves out.
 */
export function ensureSpokeBundle(signal: AbortSignal): Promise<string> {
  const sources = ['spoke', 'core', 'bus', 'runtime', 'proto'].map((name) => `${name}/src`);
  return ensureBuild({ name: 'spoke', output: 'dist/spoke.cjs', sources }, signal);
}
