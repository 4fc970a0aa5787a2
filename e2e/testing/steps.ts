import type { Page } from 'playwright-core';

/** Single steps that tests of several pages take. They find things as people do: by role and name. */

export const DESKTOP_SCREEN = { width: 1280, height: 800 };
export const PHONE_SCREEN = { width: 390, height: 844 };

/** Follows a link of the navigation. */
export const goTo = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();

/** To the next step of the wizard. */
export const goOn = (page: Page): Promise<void> => page.getByRole('button', { name: 'Continue' }).click();

/** Begins a campaign in the wizard: its name, and its type where it is not the first one. Stands before the names. */
export async function beginCampaign(page: Page, name: string, type?: string): Promise<void> {
  await goTo(page, 'Campaigns');
  await page.getByRole('link', { name: 'New campaign' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  if (type !== undefined) await page.getByRole('radio', { name: type }).check();
  await goOn(page);
}

/** Has the simulated internet that runs beside the stack answer the campaign of the wizard. */
export async function chooseLab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use the lab' }).click();
  await page.getByText('This campaign runs in the lab').waitFor();
}

export const waitForPhase = (
  page: Page,
  phase: 'dns' | 'http' | 'analysis',
  status: 'running' | 'completed',
  timeoutMs = 60_000,
): Promise<void> =>
  page.locator(`[data-phase="${phase}"][data-phase-status="${status}"]`).waitFor({ timeout: timeoutMs });

/** Leaves a mark in the document; `wasReloaded` finds it gone where it was loaded again. */
export const markDocument = (page: Page): Promise<void> =>
  page.evaluate(() => document.documentElement.setAttribute('data-loaded-once', ''));

export const wasReloaded = async (page: Page): Promise<boolean> =>
  (await page.locator('html[data-loaded-once]').count()) === 0;

/** How many pixels the page is wider than the screen. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The same on a phone; the screen is as it was afterwards. */
export async function overflowOnPhone(page: Page): Promise<number> {
  const before = page.viewportSize() ?? DESKTOP_SCREEN;
  await page.setViewportSize(PHONE_SCREEN);
  const overflow = await overflowOf(page);
  await page.setViewportSize(before);
  return overflow;
}
