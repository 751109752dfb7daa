import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

export interface VisitOptions {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** Somebody at the console, in a browser of his own. Everything that a page complains of is written down. */
export class Visit {
  readonly page: Page;
  /** Errors of scripts, of the console and of the security policy, and answers that no page should have asked for. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.complaints.push(`script: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
    });
  }

  static async begin(browser: Browser, { scheme = 'light', width = 1280, height = 900 }: VisitOptions = {}): Promise<Visit> {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height }, permissions: ['clipboard-write'] });
    return new Visit(context, await context.newPage());
  }

  /** Opens a page and waits until it has been answered. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.settle();
  }

  /** Until nothing on the page is on its way. */
  async settle(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.locator('.waiting').first().waitFor({ state: 'detached' });
  }

  /** What axe-core finds by WCAG 2.2 AA and its best practices, one line each. */
  async accessibility(): Promise<readonly string[]> {
    // The policy of the page forbids a script in it; the tool of the test is put in by the debugger.
    await this.page.evaluate(axe);
    const found = await this.page.evaluate<AxeResults>('axe.run()');
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html} ${failureSummary}`),
    );
  }

  /** Its cookies. */
  cookies(): ReturnType<BrowserContext['cookies']> {
    return this.#context.cookies();
  }

  end(): Promise<void> {
    return this.#context.close();
  }
}
