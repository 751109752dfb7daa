/** Draws every view of the console in both schemes, for docs/reference/console.md: npm run screenshots */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import { programNames } from '@accord/local/programs/program';
import { until } from '../real/fleet-fixture.ts';
import { openBrowser } from './chromium.ts';
import { shop, signIn, startConsoleFleet, untilStands, walled } from './console-fleet.ts';
import { views } from './views.ts';

const dir = fileURLToPath(new URL('../../docs/console', import.meta.url));
await ensurePrograms({ names: programNames, env: process.env, onProgress: (line) => console.error(line) });
await mkdir(dir, { recursive: true });
const it = await startConsoleFleet();
const browser = await openBrowser();
try {
  // A little of a past: revisions, drift and a hold.
  await it.put('walled', walled);
  for (const pods of ['4', '8', '5']) {
    const { namespaces: [namespace] = [], ...rest } = shop as { readonly namespaces?: readonly object[] };
    await it.put('shop', { ...rest, namespaces: [{ ...namespace, quota: { hard: { pods } } }] });
    await untilStands(it, 'shop', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
  }
  await untilStands(it, 'walled', ['prod-eu-1 Applied', 'prod-us-1 Refused']);
  await it.kube('prod-eu-1', 'DELETE', '/api/v1/namespaces/shop/resourcequotas/accord-shop');
  await it.kube('prod-us-1', 'PATCH', '/api/v1/namespaces/shop/resourcequotas/accord-shop', { spec: { hard: { pods: '500' } } });
  await until(
    'the drift is told',
    async () => ((await it.hub('GET', '/v1/drift')).body as { readonly items: readonly unknown[] }).items.length >= 2,
  );
  await it.hub('POST', '/v1/policies/walled/holds', { clusters: ['prod-eu-1'], for: '2h', reason: 'INC-7: moving the load balancer' });
  await it.hub('POST', '/v1/api-tokens', { name: 'ci', role: 'operator', expiresIn: '720h' });
  for (const scheme of ['light', 'dark'] as const) {
    const visit = await signIn(it, browser, { scheme, width: 1200, height: 760 });
    for (const { name, path } of views) {
      await visit.open(`${it.fleet.hub.url}${path.replaceAll('%401', name === 'change' ? '%401' : '%403')}`);
      await visit.page.screenshot({ path: join(dir, `${name}-${scheme}.png`) });
    }
    await visit.end();
  }
  console.error(`${views.length} views in both schemes: ${dir}`);
} finally {
  await browser.close();
  await it.stop();
}
