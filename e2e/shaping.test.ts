import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVisit, type Visit } from './testing/start-visit.ts';
import { beginCampaign, chooseLab, goOn, overflowOnPhone, waitForPhase } from './testing/steps.ts';

/** Quiet hours that hold now, wherever the clock stands: from an hour ago for two hours. */
function quietNow(): { from: string; to: string } {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  return { from: at(-1), to: at(1) };
}

/** How traffic is shaped, and what the page says of it. */
describe('traffic shaping', () => {
  let visit: Visit;
  let page: Page;

  const shaping = (phase: string) =>
    page.getByRole('region', { name: phase }).locator('details').filter({ hasText: 'Traffic shaping' });

  beforeAll(async () => {
    visit = await startVisit('e2e-shaping', { viewport: { width: 1280, height: 900 } });
    page = visit.page;
    await visit.signIn();
  });

  afterAll(() => visit?.[Symbol.asyncDispose]());

  it('is chosen for each phase, by a preset or one by one', async () => {
    await beginCampaign(page, 'Quiet hotels');
    await page.getByLabel('Constant part').fill('hotel');
    await page.getByLabel('Names to generate').fill('300');
    await goOn(page);
    await chooseLab(page);

    const dns = shaping('DNS validation');
    await dns.locator('summary').first().click();
    await dns.getByRole('radio', { name: 'Gentle' }).check();
    await dns.getByText('At most 200 a second at each resolver.').waitFor();
    await dns.getByRole('radio', { name: 'Own settings' }).check();
    await dns.getByLabel('Time between starts').selectOption({ label: 'Exponential: no rhythm at all' });
    await dns.getByLabel('Mean, in ms').fill('0');
    await dns.getByRole('alert').filter({ hasText: 'At least 0.01' }).waitFor();
    await dns.getByLabel('Mean, in ms').fill('5');
    await dns.getByText('200/s, all workers together').waitFor();

    const http = shaping('HTTP validation');
    await http.locator('summary').first().click();
    await http.getByRole('radio', { name: 'Gentle' }).check();
    await http.getByRole('checkbox', { name: 'Quiet hours' }).check();
    const { from, to } = quietNow();
    await http.getByLabel('From').fill(from);
    await http.getByLabel('To', { exact: true }).fill(to);
    await http.getByLabel('Time zone').fill('Nowhere/Land');
    await http.getByRole('alert').filter({ hasText: 'No time zone of this name' }).waitFor();
    await http.getByLabel('Time zone').fill('UTC');
    await goOn(page);
    await page.getByText('Lab; traffic shaping: own settings').waitFor();
    await page.getByText('at 200/s, as traffic shaping allows').waitFor();
    await page.getByRole('button', { name: 'Create and start' }).click();
    await page.getByRole('heading', { name: 'Quiet hotels' }).waitFor();
  });

  it('is measured, and told next to what was configured', async () => {
    await page.getByRole('tab', { name: 'Traffic' }).click();
    await waitForPhase(page, 'dns', 'completed');
    const dns = page.getByRole('region', { name: 'Traffic of DNS validation' });
    await dns.getByText('The order of domains cannot be seen in the traffic').waitFor();
    await dns.getByText('exponential, mean 5 ms, variation 1').waitFor();
    await dns.getByText('The cap for each resolver is 200 a second').waitFor();
    expect(
      await dns
        .getByRole('table', { name: 'Times between starts of DNS validation' })
        .getByRole('row')
        .count(),
    ).toBeGreaterThan(2);
    await dns.locator('canvas').waitFor();
  });

  it('is seen to wait while quiet hours last', async () => {
    const card = page.locator('[data-phase="http"]');
    await card.getByText('Quiet hours: it waits until').waitFor({ timeout: 60_000 });
    const http = page.getByRole('region', { name: 'Traffic of HTTP validation' });
    await http.getByText('Quiet hours: it waits until').waitFor();
    expect(await overflowOnPhone(page)).toBe(0);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel campaign' }).click();
  });

  it('made no page complain', () => {
    expect(visit.complaints).toEqual([]);
  });
});
