import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCampaign, watchToTheEnd } from './testing/journey.ts';
import { parseCsv, readDomains } from './testing/read-api.ts';
import { startVisit, type Visit } from './testing/start-visit.ts';
import { goTo, markDocument, wasReloaded } from './testing/steps.ts';

const CAMPAIGN = 'Bakeries, first look';
const COUNT = 600;

/** One visit from the first sign-in to the export; each step goes on where the one before ended. */
describe('a first visit', () => {
  let visit: Visit;
  let page: Page;
  let campaignId = '';

  beforeAll(async () => {
    visit = await startVisit('e2e');
    page = visit.page;
  });

  afterAll(() => visit?.[Symbol.asyncDispose]());

  it('signs in with the one-time password and has to change it', async () => {
    await visit.signIn();
    await page.locator('[data-live-status="live"]').first().waitFor();
  });

  it('creates and starts a campaign in the wizard', async () => {
    campaignId = await createCampaign(page, { campaignName: CAMPAIGN, constantPart: 'bakery', count: COUNT });
  });

  it('shows it run to its end without a reload', async () => {
    await markDocument(page);
    const percentages = await watchToTheEnd(page, 100_000);
    expect(percentages.length).toBeGreaterThan(2);
    expect(await wasReloaded(page)).toBe(false);
    await expect.poll(() => page.getByTestId('generation-processed').textContent()).toBe(String(COUNT));
    await page.getByRole('button', { name: 'Retry' }).waitFor();
  });

  it('filters the domains by status and reason', async () => {
    const resolving = await readDomains(visit.api, campaignId, { dnsStatus: 'ok' });
    expect(resolving.length).toBeGreaterThan(20);
    await page.getByLabel('DNS status').selectOption('ok');
    await expect
      .poll(() => page.getByTestId('domains-total').textContent())
      .toBe(`${resolving.length} domains`);
    await page
      .getByRole('table', { name: 'Domains' })
      .getByText(resolving[0]?.domain ?? '')
      .waitFor();

    await page.getByLabel('DNS status').selectOption('');
    await page.getByLabel('DNS reason').selectOption('NXDOMAIN');
    const absent = await readDomains(visit.api, campaignId, { dnsReason: 'NXDOMAIN' });
    await expect.poll(() => page.getByTestId('domains-total').textContent()).toBe(`${absent.length} domains`);
    expect(new URL(page.url()).searchParams.get('dnsReason')).toBe('NXDOMAIN');
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await expect.poll(() => page.getByTestId('domains-total').textContent()).toBe(`${COUNT} domains`);

    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: CAMPAIGN }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('bakeryaaa.');
    await expect.poll(() => page.getByTestId('domains-total').textContent()).toBe('2 domains');
    await page.getByRole('button', { name: 'Clear filter' }).click();
  });

  it('scrolls through all of them', async () => {
    const table = page.getByRole('table', { name: 'Domains' });
    const last = (await readDomains(visit.api, campaignId, {})).at(-1)?.domain ?? '';
    await expect
      .poll(
        async () => {
          await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
          return table.getByText(last, { exact: true }).count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    expect(await table.getByRole('row').count()).toBeLessThan(80);
  });

  it('explains a domain with its evidence', async () => {
    const [live] = await readDomains(visit.api, campaignId, { httpStatus: 'ok' });
    await page.getByRole('searchbox', { name: 'Search domains' }).fill(live?.domain ?? '');
    await page
      .getByRole('table', { name: 'Domains' })
      .getByRole('button', { name: live?.domain ?? '' })
      .click();
    const drawer = page.getByRole('dialog');
    await drawer
      .getByRole('region', { name: 'DNS validation' })
      .getByText('The domain has at least one address.')
      .waitFor();
    const http = drawer.getByRole('region', { name: 'HTTP validation' });
    await http.getByText('Final URL', { exact: true }).waitFor();
    await drawer
      .getByRole('region', { name: 'Analysis' })
      .getByText(/^\d+ of 100, a lead needs 20$/)
      .waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Clear filter' }).click();
  });

  it('can be read with the keyboard: rows by arrows, a domain and back, and on behind the table', async () => {
    const table = page.getByRole('table', { name: 'Domains' });
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.textContent ?? '');
    await expect.poll(() => page.getByTestId('domains-total').textContent()).toBe(`${COUNT} domains`);
    await page.getByLabel('Analysis', { exact: true }).focus();
    await page.keyboard.press('Tab');
    const first = await focused();
    expect(first).toBe(await table.locator('[data-index="0"] button').textContent());
    for (let rows = 0; rows < 30; rows++) await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe(await table.locator('[data-index="30"] button').textContent());
    const far = await focused();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('region', { name: 'DNS validation' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe(far);
    await page.keyboard.press('Tab');
    expect(await table.evaluate((element) => element.contains(document.activeElement))).toBe(false);
  });

  it('shows leads with the reason of their score', async () => {
    const leads = await readDomains(visit.api, campaignId, { leadStatus: 'OK' });
    expect(leads.length).toBeGreaterThan(5);
    await page.getByRole('tab', { name: 'Leads' }).click();
    await expect.poll(() => page.getByTestId('leads-total').textContent()).toBe(`${leads.length} leads`);
    const best = Math.max(...leads.map((lead) => lead.score ?? 0));
    await page.getByRole('table', { name: 'Leads' }).locator('[data-index="0"] button').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(`${best} of 100 points`).waitFor();
    await drawer.getByRole('heading', { name: 'Contacts' }).waitFor();
    const points = await drawer
      .getByRole('listitem')
      .filter({ hasText: /^[+−]\d/ })
      .count();
    expect(points).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('keeps a history', async () => {
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Started').first().waitFor();
    await page.getByText('Created').first().waitFor();
  });

  it('exports what is filtered, and the file says what the API says', async () => {
    await page.getByRole('tab', { name: 'Export' }).click();
    await page.getByLabel('DNS status').selectOption('ok');
    await page.getByText('Only domains with DNS status ok (').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download CSV' }).click();
    const file = path.join(visit.folder, 'export.csv');
    await (await downloading).saveAs(file);

    const expected = await readDomains(visit.api, campaignId, { dnsStatus: 'ok' });
    const rows = parseCsv(readFileSync(file, 'utf8'));
    const text = (value: string | number | null) => (value === null ? '' : String(value));
    expect(
      rows.map(({ domain, dnsStatus, httpStatus, httpStatusCode, leadStatus, score }) => ({
        domain,
        dnsStatus,
        httpStatus,
        httpStatusCode,
        leadStatus,
        score,
      })),
    ).toEqual(
      expected.map((row) => ({
        domain: row.domain,
        dnsStatus: text(row.dnsStatus),
        httpStatus: text(row.httpStatus),
        httpStatusCode: text(row.httpStatusCode),
        leadStatus: text(row.leadStatus),
        score: text(row.score),
      })),
    );
  });

  it('remembers the theme', async () => {
    await goTo(page, 'Account');
    await page.getByRole('main').getByText('Dark', { exact: true }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  it('signs out, and keeps what is behind the sign-in to itself', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(`${visit.stack.url}/campaigns/${campaignId}`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('made no page complain', () => {
    expect(visit.complaints).toEqual([]);
  });
});
