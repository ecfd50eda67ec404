import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startSite, type RunningSite, type SiteOptions } from '../../host/running-site';
import { launch } from './browser';
import { Complaints } from './complaints';

export interface VisitOptions {
  readonly colors?: 'light' | 'dark';
  /** Complaints of the browser that this visit provokes on purpose. */
  readonly expected?: readonly RegExp[];
}

/** One person at a browser of their own. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: Complaints;
  readonly goto: (path: string) => Promise<void>;
}

/** A refused form is a 400 of the site, which Chromium writes to the console by itself. */
export const REFUSED = /Failed to load resource: the server responded with a status of 400/;

const VIEWPORT = { width: 1360, height: 900 };
const SHOTS = '.build/screenshots';

/** A running site with a browser in front of it. */
export class Bench {
  readonly #visits: Visit[] = [];

  private constructor(
    readonly site: RunningSite,
    private readonly browser: Browser,
  ) {}

  static async start(options: SiteOptions = {}): Promise<Bench> {
    const site = await startSite(options);
    try {
      return new Bench(site, await launch());
    } catch (error) {
      await site.stop();
      throw error;
    }
  }

  /** A fresh browser profile with this person signed in through the site's own switcher; nobody when left out. */
  async as(userName: string | undefined, options: VisitOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({
      baseURL: this.site.base,
      viewport: VIEWPORT,
      colorScheme: options.colors ?? 'light',
      reducedMotion: 'reduce',
      timezoneId: 'UTC',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(15_000);
    const complaints = new Complaints(context, options.expected ?? []);
    if (userName !== undefined) await context.request.post('/session/user', { form: { user: userName, back: '/' } });
    const page = await context.newPage();
    const visit: Visit = {
      context,
      page,
      complaints,
      goto: async (path) => {
        await page.goto(path);
      },
    };
    this.#visits.push(visit);
    return visit;
  }

  /** Ends every visit of the test; throws when a browser complained about something that was not expected. */
  async leave(): Promise<void> {
    const visits = this.#visits.splice(0);
    for (const { context } of visits) await context.close();
    for (const { complaints } of visits) complaints.check();
  }

  /** The whole page as a picture below .build/screenshots, for people to look at. */
  async shoot({ page }: Visit, name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    // Chromium paints a frame of another origin only where it is in view, so the view is made as high as the page.
    for (let pass = 0; pass < 2; pass += 1) {
      const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
      await page.setViewportSize({ ...VIEWPORT, height: Math.max(VIEWPORT.height, Math.min(height, 12_000)) });
      await page.waitForTimeout(500);
    }
    await page.screenshot({ path: join(SHOTS, `${name}.png`) });
    await page.setViewportSize(VIEWPORT);
  }

  /** Jira's REST API over HTTP as a person, for what a test needs and does not click. */
  async rest(
    userName: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.site.base + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${userName}:x`).toString('base64')}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.site.stop();
  }
}
