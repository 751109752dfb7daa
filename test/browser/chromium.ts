import { chromium, type Browser } from 'playwright-core';
import { findProgram } from '../find-program.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser of this machine, without a window. `ACCORD_CHROMIUM` names another one. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['ACCORD_CHROMIUM'] ?? findProgram(names);
  if (executablePath === undefined)
    throw new Error('no Chromium on this machine: apt-get install chromium, or say where it is in ACCORD_CHROMIUM');
  // A container has no user namespaces for the sandbox of the browser, and only pages of our own are shown.
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}
