import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Stack, startStack } from '@domainflow/launch/stack.ts';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type CallApi, callApi } from './call-api.ts';
import { signInFirstTime } from './journey.ts';
import { openContext, startBrowser } from './start-browser.ts';
import { DESKTOP_SCREEN } from './steps.ts';

/** A platform of its own with the lab beside it, and a browser in front: what each file of tests starts with. */
export interface Visit extends AsyncDisposable {
  /** For files; deleted at the end. */
  readonly folder: string;
  readonly stack: Stack;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly api: CallApi;
  /** What pages complained of so far. */
  readonly complaints: readonly string[];
  /** Signs in with the one-time password and changes it. */
  signIn(): Promise<void>;
}

const DESKTOP: BrowserContextOptions = { viewport: DESKTOP_SCREEN };

/** `seed` makes the lab. Nobody is signed in yet. */
export async function startVisit(seed: string, screen: BrowserContextOptions = DESKTOP): Promise<Visit> {
  const folder = mkdtempSync(path.join(tmpdir(), 'domainflow-e2e-'));
  const stack = await startStack({ dataDir: path.join(folder, 'data'), lab: { seed } });
  const browser = await startBrowser();
  const { context, complaints } = await openContext(browser, screen);
  const page = await context.newPage();
  return {
    folder,
    stack,
    context,
    page,
    api: callApi(context.request, stack.url),
    complaints,
    async signIn() {
      if (stack.firstAdmin === undefined) throw new Error('the stack made no administrator');
      await signInFirstTime(page, stack.url, stack.firstAdmin, 'a password of my own');
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
