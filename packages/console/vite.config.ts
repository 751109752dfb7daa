import { defineConfig } from 'vite';

/** Where a hub serves while the console is worked on: `ACCORD_HUB=http://127.0.0.1:7420 npm run dev -w @accord/console`. */
const hub = process.env['ACCORD_HUB'] ?? 'http://127.0.0.1:7420';

// Whoever builds it from a test must not get what React shows to its developers.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

// vite looks for a default export.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  build: {
    // The policy of the page allows no inline script and no data: font.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2024',
    rolldownOptions: {
      onLog(level, log, tell) {
        // Libraries mark what renders in a browser, and all of this does.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  server: { host: '127.0.0.1', proxy: Object.fromEntries(['/v1', '/apis'].map((path) => [path, hub])) },
});
