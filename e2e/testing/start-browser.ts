import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium, or the one that CHROMIUM names. Throws with what to install where there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? CANDIDATES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium. Install it (apt-get install --no-install-recommends chromium fonts-dejavu-core), or name it in CHROMIUM.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface WatchedContext {
  readonly context: BrowserContext;
  /** What pages complained of so far: exceptions, violations of the content security policy, failed calls. */
  readonly complaints: string[];
}

/** Answers that belong to what the tests do: nobody is signed in yet, and a field is filled in wrongly. */
const EXPECTED = /status of (401|422)/;

/** A fresh browser profile whose pages' complaints are kept. */
export async function openContext(browser: Browser, options: BrowserContextOptions): Promise<WatchedContext> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
  context.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  return { context, complaints };
}
