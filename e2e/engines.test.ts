import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personaNamed } from './testing/call-api.ts';
import { startVisit, type Visit } from './testing/start-visit.ts';
import { goTo, waitForPhase } from './testing/steps.ts';

/** A page whose technologies the platform knows. */
const SHOP = `<!doctype html><html><head><meta name="generator" content="WordPress 6.4.2">
  <script src="/wp-content/plugins/woocommerce/assets/js/frontend.js?ver=8.1"></script></head></html>`;

/** What stands behind campaigns: personas, resolvers, proxies and fingerprints, as a person sets them up. */
describe('personas, resolvers, proxies and technologies', () => {
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    visit = await startVisit('engines');
    page = visit.page;
    await visit.signIn();
  });

  afterAll(() => visit?.[Symbol.asyncDispose]());

  it('tests a saved DNS persona, and says what it found in a sentence', async () => {
    await goTo(page, 'Personas');
    await page.getByRole('button', { name: 'Test Lab' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test of Lab' });
    const tested = dialog.getByRole('list', { name: 'Resolvers tested' });
    await tested.getByText(/works and answers in/).waitFor();
    await dialog.getByText('What was tried').click();
    await tested.getByText('Tells the truth').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('tests a persona before it has a name', async () => {
    const lab = await personaNamed(visit.api, 'dns', 'Lab');
    await page.getByRole('button', { name: 'New DNS persona' }).click();
    const drawer = page.getByRole('dialog', { name: 'New DNS persona' });
    await drawer.getByRole('button', { name: 'Add a resolver' }).click();
    const address = drawer.getByLabel('Address of resolver 1');
    await address.fill('resolver one');
    await drawer.getByRole('button', { name: 'Test', exact: true }).click();
    await drawer.getByRole('listitem').getByRole('alert').waitFor();
    await address.fill(lab.config.resolvers[0]?.address ?? '');
    await drawer.getByRole('button', { name: 'Test', exact: true }).click();
    await drawer.getByText(/works and answers in/).waitFor();
    expect(await drawer.getByText('A name is needed').count()).toBe(0);
    await drawer.getByRole('button', { name: 'Cancel' }).click();
    await drawer.waitFor({ state: 'hidden' });
  });

  it('takes a pasted list of resolvers, and shows a refusal at its row', async () => {
    await page.getByRole('button', { name: 'New DNS persona' }).click();
    const drawer = page.getByRole('dialog', { name: 'New DNS persona' });
    await drawer.getByLabel('Name', { exact: true }).fill('Mine');
    await drawer.getByRole('button', { name: 'Add a resolver' }).click();
    await drawer.getByLabel('Address of resolver 1').evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', '9.9.9.9\n169.254.1.1, 9.9.9.9\n1.1.1.1 # the last');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    expect(await drawer.getByLabel('Address of resolver 2').inputValue()).toBe('169.254.1.1');
    expect(await drawer.getByLabel('Address of resolver 3').inputValue()).toBe('1.1.1.1');
    await drawer.getByRole('button', { name: 'Create' }).click();
    const row = drawer.getByRole('listitem').filter({ has: page.getByLabel('Address of resolver 2') });
    await row.getByRole('alert').filter({ hasText: 'link-local' }).waitFor();
    await drawer.getByRole('button', { name: 'Remove resolver 2' }).click();
    await drawer.getByLabel('Weight of resolver 1').fill('5');
    await drawer.getByText('Advanced').click();
    await drawer.getByRole('checkbox', { name: /random case/ }).check();
    await drawer.getByRole('button', { name: 'Create' }).click();
    await drawer.waitFor({ state: 'hidden' });
    expect((await personaNamed(visit.api, 'dns', 'Mine')).config).toMatchObject({
      resolvers: [
        { address: '9.9.9.9', weight: 5 },
        { address: '1.1.1.1', weight: 1 },
      ],
      randomizeCase: true,
    });
  });

  it('asks why robots.txt is to be ignored', async () => {
    await page.getByRole('tab', { name: 'HTTP' }).click();
    await page.getByRole('button', { name: 'New HTTP persona' }).click();
    const drawer = page.getByRole('dialog', { name: 'New HTTP persona' });
    await drawer.getByLabel('Name', { exact: true }).fill('Our own sites');
    await drawer.getByLabel('robots.txt').selectOption('ignore');
    await drawer.getByRole('button', { name: 'Create' }).click();
    await drawer.getByRole('alert').filter({ hasText: 'needs a reason' }).waitFor();
    await drawer.getByLabel('Why it is ignored').fill('They are ours');
    await drawer.getByRole('button', { name: 'Create' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Our own sites', exact: true }).waitFor();
  });

  it('says that no resolver is being asked, before a campaign runs', async () => {
    await goTo(page, 'Resolvers');
    await page.getByText('No resolver is being asked').waitFor();
  });

  it('keeps the password of a proxy to itself, and checks it', async () => {
    await goTo(page, 'Proxies');
    await page.getByText('No proxies', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'New proxy' }).first().click();
    const drawer = page.getByRole('dialog', { name: 'New proxy' });
    await drawer.getByLabel('Name', { exact: true }).fill('Frankfurt');
    await drawer.getByLabel('Host').fill('proxy.invalid');
    await drawer.getByLabel('User name').fill('somebody');
    await drawer.getByLabel('Password').fill('a secret of the proxy');
    await drawer.getByRole('button', { name: 'Create' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Check Frankfurt' }).click();
    await page.getByText(/It did not work/).waitFor();

    await page.getByRole('button', { name: 'Frankfurt', exact: true }).click();
    const editor = page.getByRole('dialog', { name: 'Frankfurt' });
    expect(await editor.getByLabel('Password').inputValue()).toBe('');
    await editor.getByLabel('Country').fill('de');
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.waitFor({ state: 'hidden' });
    await page.getByText('With credentials').waitFor();
    expect(await page.content()).not.toContain('a secret of the proxy');
  });

  it('puts it into a pool', async () => {
    await page.getByRole('tab', { name: 'Pools' }).click();
    await page.getByRole('button', { name: 'New pool' }).first().click();
    const drawer = page.getByRole('dialog', { name: 'New pool' });
    await drawer.getByLabel('Name', { exact: true }).fill('Europe');
    await drawer.getByRole('button', { name: 'Create' }).click();
    await drawer.getByText('A pool needs a proxy').waitFor();
    await drawer
      .getByLabel('Proxies', { exact: true })
      .selectOption({ label: 'Frankfurt – http://proxy.invalid:3128' });
    await drawer.getByRole('button', { name: 'Create' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Europe', exact: true }).waitFor();
    await page.getByText('1 proxy', { exact: true }).waitFor();
  });

  it('shows how workers find a proxy that a campaign goes through', async () => {
    const { items } = await visit.api.get<{ items: { proxyPoolId: string }[] }>('proxy-pools');
    const { campaignId } = await visit.api.post<{ campaignId: string }>('campaigns', {
      campaignName: 'Through Europe',
      campaignType: 'http',
      input: { source: 'list', domains: ['live-1.com', 'live-2.com', 'live-3.com', 'live-4.com'] },
      proxyAssignmentId: items[0]?.proxyPoolId,
    });
    await visit.api.post(`campaigns/${campaignId}/start`, {});

    await page.getByText('1 left out', { exact: true }).click();
    const members = page.getByRole('list', { name: 'Proxies as the workers find them' });
    await members.getByText('Left out', { exact: true }).waitFor();
    await members.getByText(/3 failed/).waitFor();

    await page.getByRole('tab', { name: 'Proxies' }).click();
    await page.getByText('3 requests, 3 failed (3 not reached)').waitFor();
    await page.getByText('One worker', { exact: true }).click();
    const table = page.getByRole('table', { name: 'How each worker finds Frankfurt' });
    await table.getByRole('cell', { name: 'Left out', exact: true }).waitFor();
  });

  it('recognises technologies, and says what of an import could not be used', async () => {
    await goTo(page, 'Technologies');
    await page.getByRole('tab', { name: 'Try it' }).click();
    await page.getByLabel('HTML', { exact: true }).fill(SHOP);
    await page.getByRole('button', { name: 'Find technologies' }).click();
    const found = page.getByRole('list', { name: 'Technologies found' });
    await found.getByText('WordPress 6.4.2', { exact: true }).waitFor();
    await found.getByText('WooCommerce 8.1', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Or its content').fill('{"Half": ');
    await dialog.getByLabel('Name of the set').fill('From the community');
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText(/This is not JSON/).waitFor();
    const set = { 'Our Shop': { html: 'our-shop-engine' }, 'Only for browsers': { dom: '#x' } };
    await dialog.getByLabel('Or its content').fill(JSON.stringify(set));
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText(/1 technology was taken/).waitFor();
    await dialog.getByText('rules for the DOM need a browser').first().waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('tab', { name: 'Known' }).click();
    await page.getByLabel('Source').selectOption('imported');
    await page.getByRole('list', { name: 'Technologies' }).getByText('Our Shop').waitFor();
  });

  it('tells wildcards and registration in the domains of a run, and how right its resolvers were', async () => {
    const { personaId } = await personaNamed(visit.api, 'dns', 'Lab');
    const { campaignId } = await visit.api.post<{ campaignId: string }>('campaigns', {
      campaignName: 'A few names',
      campaignType: 'dns',
      mode: 'full_sequence',
      // The lab's .ws answers for any name, as the real one did.
      input: { source: 'list', domains: ['bakery.ws', 'bakeryaaa.com', 'bakeryaab.com'] },
      phases: { dns: { personaId, canaries: { perThousand: 100 } } },
    });
    await page.goto(`${visit.stack.url}/campaigns/${campaignId}`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const card = page.locator('[data-phase="dns"]');
    await waitForPhase(page, 'dns', 'completed');
    await card.getByText(/ more$/).click();
    await card.getByText(/1 name was answered by a wildcard alone/).waitFor();

    await page.getByLabel('DNS reason').selectOption('WILDCARD');
    await page.getByRole('button', { name: 'bakery.ws' }).click();
    const drawer = page.getByRole('dialog', { name: 'bakery.ws' });
    await drawer.getByText('.ws answers for names that do not exist.').waitFor();
    await drawer.getByRole('list', { name: 'Random names that were asked' }).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.getByLabel('DNS reason').selectOption('');
    await page.getByLabel('Registered').selectOption('false');
    await expect.poll(() => page.getByTestId('domains-total').textContent()).toBe('1 domain');
    await page.getByRole('button', { name: 'bakeryaab.com' }).waitFor();

    await goTo(page, 'Resolvers');
    // The system's resolvers may have been asked for the names of proxies: the lab's are meant.
    await page.locator('[data-resolver-state="healthy"][aria-label^="127.0.0.1:"]').waitFor();
  });

  it('had nothing to complain of', () => {
    expect(visit.complaints).toEqual([]);
  });
});
