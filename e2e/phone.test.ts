import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCampaign, watchToTheEnd } from './testing/journey.ts';
import { parseCsv, readDomains } from './testing/read-api.ts';
import { startVisit, type Visit } from './testing/start-visit.ts';
import { overflowOf, PHONE_SCREEN } from './testing/steps.ts';

const COUNT = 300;

/** The same path on a phone: nothing may be out of reach, and no page may be wider than the screen. */
describe('a first visit on a phone', () => {
  let visit: Visit;
  let page: Page;
  let campaignId = '';

  beforeAll(async () => {
    visit = await startVisit('e2e-phone', {
      viewport: PHONE_SCREEN,
      deviceScaleFactor: 2,
      isMobile: true,
      hasTouch: true,
    });
    page = visit.page;
  });

  afterAll(() => visit?.[Symbol.asyncDispose]());

  it('signs in, changes the password and reaches every page through the menu', async () => {
    await visit.signIn();
    for (const name of [
      'Campaigns',
      'Leads',
      'Personas',
      'Resolvers',
      'Proxies',
      'Word lists',
      'Keyword sets',
      'Technologies',
      'Score profiles',
      'Suppressions',
      'Users',
      'Account',
      'Dashboard',
    ]) {
      await page.getByRole('button', { name: 'Open navigation' }).tap();
      await page.getByRole('dialog').getByRole('link', { name, exact: true }).tap();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      expect(await overflowOf(page), name).toBe(0);
    }
  });

  it('creates a campaign and follows it to its end', async () => {
    campaignId = await createCampaign(page, {
      campaignName: 'On the way',
      constantPart: 'cafe',
      count: COUNT,
    });
    expect(await overflowOf(page)).toBe(0);
    await watchToTheEnd(page, 100_000);
  });

  it('filters domains and opens one', async () => {
    const live = await readDomains(visit.api, campaignId, { httpStatus: 'ok' });
    await page.getByLabel('HTTP status').selectOption('ok');
    await expect.poll(() => page.getByTestId('domains-total').textContent()).toBe(`${live.length} domains`);
    await page
      .getByRole('table', { name: 'Domains' })
      .getByRole('button', { name: live[0]?.domain ?? '' })
      .tap();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('HTTP validation').waitFor();
    await drawer.getByRole('button', { name: 'Close' }).tap();
    await drawer.waitFor({ state: 'detached' });
  });

  it('opens a lead', async () => {
    await page.getByRole('tab', { name: 'Leads' }).tap();
    await page.getByRole('table', { name: 'Leads' }).locator('[data-index="0"] button').tap();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('of 100 points').waitFor();
    expect(await overflowOf(page)).toBe(0);
    await drawer.getByRole('button', { name: 'Close' }).tap();
    await drawer.waitFor({ state: 'detached' });
  });

  it('exports', async () => {
    await page.getByRole('tab', { name: 'Export' }).tap();
    // The open tab is the last of more than fit: it has come into view.
    await expect
      .poll(async () => {
        const tab = await page.getByRole('tab', { name: 'Export' }).boundingBox();
        return tab === null ? Number.NaN : tab.x + tab.width;
      })
      .toBeLessThanOrEqual(390);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download CSV' }).tap();
    const file = path.join(visit.folder, 'export.csv');
    await (await downloading).saveAs(file);
    const live = await readDomains(visit.api, campaignId, { httpStatus: 'ok' });
    expect(parseCsv(readFileSync(file, 'utf8')).map((row) => row.domain)).toEqual(
      live.map((row) => row.domain),
    );
  });

  it('made no page complain', () => {
    expect(visit.complaints).toEqual([]);
  });
});
