import { ensureBuild } from './ensure-build.ts';

const shared = ['core', 'bus', 'runtime', 'proto'].map((name) => `${name}/src`);

/**
 * Bundles the hub when its sources are newer than the bundle, and returns the bundle's path: stripping types from some hundred files takes
 * longer than all else at its start. A module, since `import.meta` finds what the hub serves: the bundle lies as deep as the sources do.
 * Packages that are no modules get from the banner the `require` by which they ask for what Node has.
 */
export function ensureHubBundle(signal: AbortSignal): Promise<string> {
  return ensureBuild({ name: 'hub', output: 'dist/hub.mjs', sources: ['hub/src', 'hub/package.json', ...shared] }, signal);
}

/**
 * Bundles the spoke when its sources are newer than the bundle, and returns the bundle's path.
 * A spoke under its real flags cannot run from TypeScript: stripping types needs WebAssembly, which `--lite-mode` leaves out.
 */
export function ensureSpokeBundle(signal: AbortSignal): Promise<string> {
  return ensureBuild({ name: 'spoke', output: 'dist/spoke.cjs', sources: ['spoke/src', 'spoke/package.json', ...shared] }, signal);
}
