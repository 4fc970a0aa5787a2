import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCampaign } from './testing/journey.ts';
import { startVisit, type Visit } from './testing/start-visit.ts';
import { beginCampaign, goOn, goTo, markDocument, waitForPhase, wasReloaded } from './testing/steps.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const NAMES = [...letters].flatMap((one) => [`museum${one}.com`, `museum${one}.de`]);

/** What a person does to campaigns besides looking at them. */
describe('control', () => {
  let visit: Visit;
  let page: Page;

  const phaseCard = (phase: string) => page.locator(`[data-phase="${phase}"]`);
  const header = () => page.locator('header').filter({ has: page.getByRole('heading', { level: 1 }) });

  beforeAll(async () => {
    visit = await startVisit('e2e-control');
    page = visit.page;
    await visit.signIn();
  });

  afterAll(() => visit?.[Symbol.asyncDispose]());

  it('takes an uploaded list, and says what it did not take and why', async () => {
    const file = path.join(visit.folder, 'museums.txt');
    writeFileSync(file, [...NAMES, NAMES[0], 'not a domain', 'under_score.com', ''].join('\n'));
    await beginCampaign(page, 'Museums');
    await page.getByRole('radio', { name: 'Upload a file' }).check();
    await goOn(page);
    await page.getByText('Choose a file', { exact: true }).first().waitFor();
    await page.getByLabel('File', { exact: true }).setInputFiles(file);
    await goOn(page);
    await page.getByRole('radio', { name: 'Step by step' }).check();
    await goOn(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();

    await page.getByRole('button', { name: `Start with ${NAMES.length} names` }).waitFor();
    const counts = await page.getByRole('definition').allTextContents();
    expect(counts).toEqual([String(NAMES.length), '1', '2']);
    const refused = page.getByRole('row').filter({ hasText: 'under_score.com' });
    await refused.getByRole('cell', { name: 'Only letters, digits, hyphens and dots are allowed' }).waitFor();
    await page.getByRole('link', { name: 'Open the draft' }).click();
    await page.getByRole('heading', { name: 'Museums' }).waitFor();
  });

  it('says which names of a pasted list it does not take, and where they stand', async () => {
    await beginCampaign(page, 'Three museums', 'HTTP Validation');
    await page.getByRole('radio', { name: 'Paste a list' }).check();
    const list = page.getByRole('textbox', { name: 'Names', exact: true });
    await list.fill('museuma.com\n\nmuseumb.com, *.museumc.com\nmuseumd.notatld');
    await goOn(page);
    // There is no DNS phase: whose resolvers are asked is part of this one.
    await page.getByLabel('Resolvers').selectOption({ label: 'Lab' });
    await page.getByLabel('HTTP persona').selectOption({ label: 'Lab' });
    await page.getByText('This campaign runs in the lab').waitFor();
    await goOn(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();

    await page.getByText('2 of 4 are not domain names.').waitFor();
    const rows = page.getByRole('region', { name: 'Refused lines' }).getByRole('row');
    expect(await rows.nth(1).getByRole('cell').allTextContents()).toEqual([
      '3',
      '*.museumc.com',
      'A wildcard is not a name: give the names themselves',
    ]);
    expect(await rows.nth(2).getByRole('cell').first().textContent()).toBe('4');
    await list.fill('museuma.com\nmuseumb.com');
    await rows.first().waitFor({ state: 'detached' });
    await goOn(page);
    await goOn(page);
    await page.getByText('Lab; resolvers of Lab').waitFor();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { name: 'Three museums' }).waitFor();

    await page.getByRole('button', { name: 'Configure HTTP validation' }).click();
    const resolvers = page.getByRole('dialog').getByLabel('Resolvers');
    await resolvers.getByRole('option', { name: 'Lab', selected: true }).waitFor({ state: 'attached' });
    await page.getByRole('dialog').getByLabel('HTTP persona').selectOption({ label: 'Default: Standard' });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Configure HTTP validation' }).click();
    await resolvers.getByRole('option', { name: 'Lab', selected: true }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
  });

  it('goes step by step: each phase is configured and started by hand', async () => {
    await goTo(page, 'Campaigns');
    await page.getByRole('link', { name: 'Museums', exact: true }).click();
    await page.getByRole('button', { name: 'Configure DNS validation' }).click();
    await page.getByRole('dialog').getByLabel('DNS persona').selectOption({ label: 'Lab' });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Start DNS validation' }).click();
    await waitForPhase(page, 'dns', 'completed');
    expect(await phaseCard('http').getAttribute('data-phase-status')).toBe('pending');

    await page.getByRole('button', { name: 'Configure HTTP validation' }).click();
    await page.getByRole('dialog').getByLabel('HTTP persona').selectOption({ label: 'Lab' });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Start HTTP validation' }).click();
    await waitForPhase(page, 'http', 'completed');
    expect(await phaseCard('analysis').getAttribute('data-phase-status')).toBe('pending');
  });

  it('is told at the start what a later phase has lost, and names in other letters as people read them', async () => {
    const { api } = visit;
    const { personaId, version } = await api.post<{ personaId: string; version: number }>('personas', {
      kind: 'http',
      name: 'Short-lived',
    });
    const { campaignId } = await api.post<{ campaignId: string }>('campaigns', {
      campaignName: 'Books',
      campaignType: 'http',
      mode: 'full_sequence',
      input: { source: 'list', domains: ['bücher.de', 'books.de'] },
      phases: { http: { personaId } },
    });
    await api.delete(`personas/${personaId}?version=${version}`);
    await page.goto(`${visit.stack.url}/campaigns/${campaignId}`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('The HTTP persona "Short-lived" was deleted').first().waitFor();
    await page.getByRole('button', { name: 'Configure HTTP validation' }).click();
    await page.getByRole('dialog').getByLabel('HTTP persona').selectOption({ label: 'Lab' });
    await page.getByRole('dialog').getByLabel('Resolvers').selectOption({ label: 'Lab' });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await waitForPhase(page, 'http', 'completed');

    await page.getByRole('searchbox', { name: 'Search domains' }).fill('Bücher');
    await expect.poll(() => page.getByTestId('domains-total').textContent()).toBe('1 domain');
    await page.getByRole('button', { name: 'bücher.de xn--bcher-kva.de' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'bücher.de xn--bcher-kva.de' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('pauses, goes on and cancels', async () => {
    await goTo(page, 'Campaigns');
    await createCampaign(page, { campaignName: 'A long one', constantPart: 'theatre', count: 30_000 });
    await page.getByRole('button', { name: 'Pause' }).click({ timeout: 60_000 });
    await header().getByText('Paused').waitFor();
    // What was under way may still be committed for two seconds.
    await page.waitForTimeout(2_500);
    // Of whichever phase it was stopped in.
    const processed = async () => (await page.getByTestId(/-processed$/).allTextContents()).join(' ');
    const before = await processed();
    await page.waitForTimeout(1_500);
    expect(await processed()).toBe(before);

    await page.getByRole('button', { name: 'Resume' }).click();
    await header().getByText('Running').waitFor();
    await expect.poll(processed, { timeout: 30_000 }).not.toBe(before);

    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel campaign' }).click();
    await header().getByText('Cancelled').waitFor();
    expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  });

  it('says when the stream of events is lost, and finds it again by itself', async () => {
    await page.locator('[data-live-status="live"]').first().waitFor();
    const api = visit.stack.pids().api;
    if (api === undefined) throw new Error('the API has no process');
    process.kill(api, 'SIGKILL');
    await page.locator('[data-live-status="reconnecting"], [data-live-status="polling"]').first().waitFor();
    await page.locator('[data-live-status="live"]').first().waitFor({ timeout: 60_000 });
  });

  it('stays what it is while the server gives nothing, and shows the page once it does', async () => {
    await markDocument(page);
    await page.route('**/*', (route) => route.abort());
    await goTo(page, 'Suppressions');
    await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor();
    await page.unroute('**/*');
    await page.getByRole('heading', { name: 'Suppressions' }).waitFor({ timeout: 60_000 });
    expect(await wasReloaded(page)).toBe(false);
    await page.goBack();
    await page.getByRole('heading', { name: 'A long one' }).waitFor();
  });

  it('deletes a campaign after asking', async () => {
    await page.getByRole('button', { name: 'Delete campaign' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete campaign' }).click();
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await page.getByRole('link', { name: 'Museums', exact: true }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'A long one' }).count()).toBe(0);
  });
});
