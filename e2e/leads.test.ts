import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LeadApi, leadApi, runLeadCampaign } from './testing/lead-campaign.ts';
import { parseCsv } from './testing/read-api.ts';
import { startVisit, type Visit } from './testing/start-visit.ts';
import { goTo, PHONE_SCREEN } from './testing/steps.ts';

/** What people do with leads once there are some. */
describe('leads', () => {
  let visit: Visit;
  let page: Page;
  let leads: LeadApi;
  let campaignId = '';

  beforeAll(async () => {
    visit = await startVisit('leads');
    page = visit.page;
    await visit.signIn();
    leads = leadApi(visit.api);
    campaignId = await runLeadCampaign(visit.api, {
      campaignName: 'Bakeries',
      constantPart: 'bakery',
      count: 700,
    });
  });

  afterAll(() => visit?.[Symbol.asyncDispose]());

  const table = (): Locator => page.getByRole('table', { name: 'Leads' });
  const total = (): Promise<string | null> => page.getByTestId('leads-total').textContent();
  const openLeads = async (): Promise<void> => {
    await goTo(page, 'Leads');
    await table().waitFor();
  };

  it('are listed across campaigns, filtered and sorted, and the address says how', async () => {
    await openLeads();
    const all = await leads.list({});
    expect(all.total).toBeGreaterThan(60);
    await expect.poll(total).toBe(`${all.total} leads`);

    await page.getByLabel('Least score').fill('60');
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Phone', { exact: true }).selectOption('true');
    const filtered = await leads.list({ minScore: '60', hasPhone: 'true' });
    expect(filtered.total).toBeLessThan(all.total);
    await expect.poll(total).toBe(`${filtered.total} leads`);
    await table().getByRole('button', { name: 'Domain' }).click();
    const sorted = await leads.list({ minScore: '60', hasPhone: 'true', sort: 'domain', order: 'asc' });
    await expect
      .poll(() => table().locator('[data-index="0"] button').textContent())
      .toBe(sorted.items[0]?.domain);
    expect(await table().getByRole('columnheader', { name: 'Domain' }).getAttribute('aria-sort')).toBe(
      'ascending',
    );

    await page.reload();
    await expect.poll(total).toBe(`${filtered.total} leads`);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
      minScore: '60',
      hasPhone: 'true',
      sort: 'domain',
    });
    await page.getByRole('button', { name: 'Clear 2 filters' }).click();
    await expect.poll(total).toBe(`${all.total} leads`);
  });

  it('are decided on in numbers: some with the keyboard, then all that match', async () => {
    await page.getByLabel('Least score').fill('50');
    const matching = await leads.list({ minScore: '50' });
    await expect.poll(total).toBe(`${matching.total} leads`);
    await table().locator('[data-index="0"] button').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    const bar = page.getByRole('region', { name: 'Marked leads' });
    await bar.getByText('2 leads marked').waitFor();
    await bar.getByLabel('State of the marked leads').selectOption('contacted');
    await bar.getByRole('button', { name: 'Apply' }).click();
    await bar.waitFor({ state: 'detached' });
    expect((await leads.list({ state: 'contacted' })).total).toBe(2);

    await page.getByLabel('Mark all leads that are loaded').check();
    if (matching.total > 100)
      await bar.getByRole('button', { name: `Mark all ${matching.total} that match` }).click();
    await bar.getByLabel('Tags to add').fill('first look, autumn');
    await bar.getByRole('button', { name: 'Apply' }).click();
    await bar.waitFor({ state: 'detached' });
    expect((await leads.list({ tag: 'first look' })).total).toBe(matching.total);
    await page.getByRole('button', { name: 'Clear filter' }).click();
  });

  it('are exported with the columns that are chosen', async () => {
    await page.getByLabel('State', { exact: true }).selectOption('contacted');
    await expect.poll(total).toBe('2 leads');
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export leads' });
    await dialog.getByRole('button', { name: 'Contacts only' }).click();
    await dialog.getByLabel('Score').check();
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download CSV' }).click();
    const file = path.join(visit.folder, 'leads.csv');
    await (await downloading).saveAs(file);
    const rows = parseCsv(readFileSync(file, 'utf8'));
    const expected = (await leads.list({ state: 'contacted' })).items;
    expect(Object.keys(rows[0] ?? {})).toEqual(['domain', 'score', 'emails', 'phones']);
    expect(rows.map(({ domain, score }) => `${domain} ${score}`).sort()).toEqual(
      expected.map(({ domain, score }) => `${domain} ${score}`).sort(),
    );
    await page.getByRole('button', { name: 'Clear filter' }).click();
  });

  it('have a drawer with evidence, in which a decision does not overwrite another one', async () => {
    const [lead] = (await leads.list({ state: 'new', hasEmail: 'true' })).items;
    if (lead === undefined) throw new Error('no lead');
    await page.getByRole('searchbox', { name: 'Search leads' }).fill(lead.domain);
    await table().getByRole('button', { name: lead.domain }).click();
    const drawer = page.getByRole('dialog', { name: 'Lead' });
    for (const heading of ['Contacts', 'Score', 'Technologies', 'Page', 'Scores'])
      await drawer.getByRole('heading', { name: heading, exact: true }).waitFor();
    await drawer.getByText(`${lead.score} of 100 points`).waitFor();

    await drawer.getByText('Contacted', { exact: true }).click();
    await expect.poll(async () => (await leads.get(lead.leadId)).state).toBe('contacted');
    await leads.update(lead.leadId, { tags: ['theirs'] });
    await drawer.getByText('Qualified', { exact: true }).click();
    await drawer.getByText('Somebody changed this lead meanwhile').waitFor();
    await drawer.getByRole('button', { name: 'Remove the tag theirs' }).waitFor();
    expect((await leads.get(lead.leadId)).state).toBe('contacted');
    await drawer.getByRole('button', { name: 'Save mine too' }).click();
    await expect
      .poll(async () => {
        const { state, tags } = await leads.get(lead.leadId);
        return { state, tags };
      })
      .toEqual({ state: 'qualified', tags: ['theirs'] });

    await drawer.getByLabel('Notes').fill('Call on Monday');
    await drawer.getByRole('button', { name: 'Save notes' }).click();
    await expect.poll(async () => (await leads.get(lead.leadId)).notes).toBe('Call on Monday');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await table().getByText('Qualified').waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).click();
  });

  it('have a drawer that Back closes, and that leaves nothing behind for Back', async () => {
    await goTo(page, 'Personas');
    await openLeads();
    const drawer = page.getByRole('dialog', { name: 'Lead' });
    const first = table().locator('[data-index="0"] button').first();
    await first.click();
    await page.goBack();
    await drawer.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/leads');
    await first.click();
    const notes = drawer.getByLabel('Notes');
    const before = await notes.inputValue();
    await notes.fill('Not saved yet');
    const leave = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    for (const close of [() => page.keyboard.press('Escape'), () => page.goBack()]) {
      await close();
      await leave.getByRole('button', { name: 'Stay' }).click();
      expect(await notes.inputValue()).toBe('Not saved yet');
    }
    await page.keyboard.press('Escape');
    await leave.getByRole('button', { name: 'Discard changes' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await first.click();
    await expect.poll(() => notes.inputValue()).toBe(before);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.goBack();
    await page.getByRole('heading', { name: 'Personas' }).waitFor();
    await openLeads();
  });

  it('that are near-duplicates are decided on together', async () => {
    await page.getByRole('tab', { name: 'Near-duplicates' }).click();
    const groups = page.getByRole('list', { name: 'Groups' });
    const first = groups.getByRole('listitem').first();
    await first.getByRole('button', { name: /^Decide for all/ }).click();
    await page.getByRole('menuitem', { name: 'Rejected' }).click();
    await page.getByText(/leads are now rejected/).waitFor();
    await first.getByText(/^\d+ rejected$/).waitFor();
    await first.getByRole('button').first().click();
    await page.getByText('Only one group of near-duplicates').waitFor();
    await expect
      .poll(() => table().getByRole('row').filter({ hasText: 'Rejected' }).count())
      .toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Show all' }).click();
  });

  it('are ranked by weights while they are changed, and scored again with them', async () => {
    await goTo(page, 'Score profiles');
    await page.getByRole('link', { name: 'New score profile' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Without e-mail');
    const ranking = page.getByRole('region', { name: 'Ranking' });
    await ranking.getByRole('table').waitFor();
    await ranking.getByText(/^No score of/).waitFor();
    await page.getByLabel('E-mail address', { exact: true }).fill('-2000');
    await page.getByText('At least -1000').waitFor();
    expect(await page.getByRole('button', { name: 'Create' }).isDisabled()).toBe(true);
    await page.getByLabel('E-mail address', { exact: true }).fill('-30');
    await ranking.getByText(/scores change/).waitFor();
    const before = await leads.list({ sort: 'score' });
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Without e-mail' }).waitFor();
    const expected = await ranking.getByRole('row').nth(1).getByRole('cell').nth(2).textContent();

    await page.getByRole('button', { name: 'To all my campaigns' }).click();
    await page.getByText(/leads scored again, \d+ scores changed/).waitFor();
    const after = await leads.list({ sort: 'score' });
    expect(after.items.map(({ score }) => score)).not.toEqual(before.items.map(({ score }) => score));
    const best = after.items.filter(({ score }) => score === after.items[0]?.score);
    expect(best.map(({ domain }) => domain)).toContain(expected);
    await ranking.getByText(/^No score of/).waitFor();
  });

  it('rest on keyword rules that are tried before they are saved', async () => {
    await goTo(page, 'Keyword sets');
    await page.getByRole('link', { name: 'New keyword set' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Bread');
    await page.getByLabel('Pattern of rule 1').fill('b(?=r)ead');
    await page.getByLabel('Kind of rule 1').selectOption('regex');
    await page.getByLabel('Text to try it on').fill('Fresh bread, no breadcrumbs. More Bread!');
    await page.getByRole('alert').filter({ hasText: 'look-around' }).waitFor();
    await page.getByLabel('Pattern of rule 1').fill('br[a-z]+d');
    const matches = page.getByRole('list', { name: 'Matches' });
    await matches.getByText('2 × in the text').waitFor();
    await expect
      .poll(async () => [...new Set(await matches.locator('mark').allTextContents())])
      .toEqual(['bread', 'Bread']);

    const tryIt = page.getByLabel('Try it', { exact: true });
    await tryIt.getByText('Page', { exact: true }).click();
    const address = page.getByLabel('Address of a page');
    await address.fill('http://127.0.0.1:9/');
    await address.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'This address is not fetched' }).waitFor();
    await tryIt.getByText('Personas', { exact: true }).click();
    await page.getByLabel('HTTP persona').selectOption({ label: 'Lab' });
    await page.getByLabel('DNS persona').selectOption({ label: 'Lab' });
    await address.fill('live-1.com');
    await address.press('Enter');
    await page.getByText('on https://live-1.com/').waitFor();
    await tryIt.getByText('Text', { exact: true }).click();

    await page.getByRole('button', { name: /^Where rule 1 looks/ }).click();
    await page.getByRole('group', { name: 'Where rule 1 looks' }).getByLabel('Text').uncheck();
    await page.getByText('None of 1 active rules matches').waitFor();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Bread' }).waitFor();
    await page.reload();
    await page
      .getByRole('button', { name: 'Where rule 1 looks: Title, Headings, Description, Address, Links' })
      .waitFor();
  });

  it('rest on rules that are not lost by a click beside them', async () => {
    const leave = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await goTo(page, 'Keyword sets');
    await page.getByRole('link', { name: 'Bread' }).click();
    const save = page.getByRole('button', { name: 'Save' });
    await save.waitFor();
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('Weight of rule 1').fill('33');
    await page.getByRole('link', { name: 'Score profiles' }).first().click();
    await leave.getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByLabel('Weight of rule 1').inputValue()).toBe('33');
    await save.click();
    await page.getByText('Version 2').waitFor();
    await goTo(page, 'Score profiles');
    await page.getByRole('link', { name: 'Without e-mail' }).click();
    await page.getByLabel('Phone number', { exact: true }).fill('7');
    await page.goBack();
    await leave.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('link', { name: 'New score profile' }).waitFor();

    await goTo(page, 'Proxies');
    await page.getByRole('button', { name: 'New proxy' }).first().click();
    const drawer = page.getByRole('dialog', { name: 'New proxy' });
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'New proxy' }).first().click();
    await drawer.getByLabel('Host').fill('proxy.example');
    await page.keyboard.press('Escape');
    await leave.getByRole('button', { name: 'Stay' }).click();
    expect(await drawer.getByLabel('Host').inputValue()).toBe('proxy.example');
    await page.keyboard.press('Escape');
    await leave.getByRole('button', { name: 'Discard changes' }).click();
    await drawer.waitFor({ state: 'hidden' });
  });

  it('are left alone when somebody asks, by a file too', async () => {
    await goTo(page, 'Suppressions');
    await page.getByRole('button', { name: 'Suppress', exact: true }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Suppress' });
    await dialog.getByText('Import a file').click();
    await dialog.getByLabel('Reason').fill('Robinson list');
    await dialog.getByLabel('File', { exact: true }).setInputFiles({
      name: 'robinson.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('example.com\njane@example.org\nexample.com\nno domain at all\n'),
    });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('2 suppressed').waitFor();
    await dialog.getByText('1 line was not taken').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => page.getByTestId('suppressions-total').textContent()).toBe('2 entries');
    await page.getByRole('searchbox', { name: 'Is it suppressed?' }).fill('www.example.com');
    await expect.poll(() => page.getByTestId('suppressions-total').textContent()).toBe('1 entry');
    await page.getByRole('button', { name: 'Delete the suppression of example.com' }).click();
    await page.getByRole('button', { name: 'Delete suppression' }).click();
    await page.getByText('It is not suppressed', { exact: true }).waitFor();
  });

  it('are erased for good', async () => {
    const { items, total: before } = await leads.list({});
    const [lead] = items;
    await openLeads();
    await page.getByRole('searchbox', { name: 'Search leads' }).fill(lead?.domain ?? '');
    await table()
      .getByRole('button', { name: lead?.domain ?? '' })
      .click();
    const drawer = page.getByRole('dialog', { name: 'Lead' });
    await drawer.getByRole('button', { name: 'Suppress' }).click();
    await page.getByRole('button', { name: 'Suppress domain' }).click();
    await drawer.getByText('Its contacts are neither shown nor exported').waitFor();
    await drawer.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('This cannot be undone').waitFor();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('No lead matches').waitFor();
    expect((await leads.list({})).total).toBe(before - 1);
  });

  it('fit a phone', async () => {
    const phone = await visit.context.newPage();
    await phone.setViewportSize(PHONE_SCREEN);
    const profiles = await visit.api.get<{ items: { scoreProfileId: string }[] }>('score-profiles');
    for (const address of [
      '/leads?minScore=50&technology=wordpress',
      '/leads?view=groups',
      `/campaigns/${campaignId}?tab=leads`,
      '/suppressions',
      '/score-profiles',
      `/score-profiles/${profiles.items[0]?.scoreProfileId}`,
      '/keyword-sets/new',
    ]) {
      await phone.goto(visit.stack.url + address);
      await phone.getByRole('heading', { level: 1 }).waitFor();
      await phone.waitForTimeout(700);
      const width = await phone.evaluate(() => document.documentElement.scrollWidth);
      expect(width, address).toBeLessThanOrEqual(390);
    }
    await phone.close();
  });

  it('made no page complain', () => {
    // One conflict belongs to what was tried.
    expect(visit.complaints.filter((text) => !/status of 409/.test(text))).toEqual([]);
  });
});
