import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStack } from '@domainflow/launch/stack.ts';
import { createCampaign, signInFirstTime, watchToTheEnd } from './testing/journey.ts';
import { openContext, startBrowser } from './testing/start-browser.ts';
import { waitForPhase } from './testing/steps.ts';

/**
 * `npm run screenshot`: the README's pictures, taken in a real Chromium: the campaign page while a campaign runs
 * against the lab, and then the best of its leads.
 */
const CAMPAIGN_PICTURE = path.join(import.meta.dirname, '../docs/campaign-page.png');
const LEAD_PICTURE = path.join(import.meta.dirname, '../docs/lead-drawer.png');
const COUNT = 12_000;
/** Pages fetched when the picture is taken. */
const LEAST_FETCHED = 1_600;

/** Parts of the score that the picture of a lead shows. */
const PARTS_SHOWN = 6;

/** A part of the page, in pixels of CSS. */
type Clip = { x: number; y: number; width: number; height: number };
const BESIDE_THE_NAVIGATION: Clip = { x: 224, y: 0, width: 1136, height: 900 };

const folder = mkdtempSync(path.join(tmpdir(), 'domainflow-picture-'));
const stack = await startStack({
  dataDir: path.join(folder, 'data'),
  lab: { seed: 'picture' },
  onMessage: (message) => console.log(message),
});
const browser = await startBrowser();
try {
  if (stack.firstAdmin === undefined) throw new Error('the stack made no administrator');
  const { context } = await openContext(browser, {
    viewport: { width: 1360, height: 1040 },
    deviceScaleFactor: 1.25,
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await signInFirstTime(page, stack.url, stack.firstAdmin, 'a password for a picture');
  await createCampaign(page, {
    campaignName: 'Bakeries in .com and .de',
    constantPart: 'bakery',
    count: COUNT,
  });
  await waitForPhase(page, 'http', 'running', 300_000);
  await page.getByLabel('DNS status').selectOption('ok');
  await page.waitForFunction(
    (least) => {
      const text = document.querySelector('[data-testid="http-processed"]')?.textContent ?? '0';
      return Number(text.replaceAll(',', '')) >= least;
    },
    LEAST_FETCHED,
    { timeout: 300_000 },
  );
  const take = async (target: string, clip?: Clip): Promise<void> => {
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.screenshot({ path: target, animations: 'disabled', ...(clip === undefined ? {} : { clip }) });
    console.log(`Written: ${path.relative(process.cwd(), target)}`);
  };
  await take(CAMPAIGN_PICTURE);

  await watchToTheEnd(page, 300_000);
  // In a language whose letters every machine has.
  await page.goto(`${stack.url}/leads?language=de`);
  await page.getByRole('table', { name: 'Leads' }).locator('[data-index="0"] button').click();
  const drawer = page.getByRole('dialog');
  await drawer
    .getByRole('listitem')
    .filter({ hasText: /^[+−]\d/ })
    .nth(PARTS_SHOWN - 1)
    .scrollIntoViewIfNeeded();
  await take(LEAD_PICTURE, BESIDE_THE_NAVIGATION);
} finally {
  await browser.close();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
