import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVisit, type Visit } from './testing/start-visit.ts';
import { beginCampaign, chooseLab, goOn, goTo, overflowOnPhone } from './testing/steps.ts';

const COLOURS = ['red', 'green', 'blue', 'white'];
const NOUNS = ['bakery', 'museum', 'garden', 'hotel', 'school'];

/** Where names come from besides characters: words, typing errors, and where an earlier campaign stopped. */
describe('generation', () => {
  let visit: Visit;
  let page: Page;

  const spaceSize = (size: string) =>
    page.getByTestId('space-size').getByText(size, { exact: true }).waitFor();
  beforeAll(async () => {
    visit = await startVisit('e2e-generation');
    page = visit.page;
    await visit.signIn();
  });

  afterAll(() => visit?.[Symbol.asyncDispose]());

  it('stores typed words as a list, and renames it', async () => {
    await goTo(page, 'Word lists');
    await page.getByText('No word lists yet').waitFor();
    await page.getByRole('button', { name: 'New word list' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Type words').click();
    await dialog.getByLabel('Name of the list').fill('Colors');
    await dialog.getByLabel('Words', { exact: true }).fill(`${COLOURS.join('\n')}, red\nsnow_white`);
    await dialog.getByRole('button', { name: 'Store' }).click();
    await dialog.getByText('is stored').waitFor();
    expect(await dialog.getByRole('definition').allTextContents()).toEqual(['4', '1', '1']);
    await dialog.getByRole('button', { name: 'Look at the words' }).click();
    const words = page.getByRole('list', { name: 'Words of Colors' });
    await words.getByText('white', { exact: true }).waitFor();
    expect(await words.getByRole('listitem').allTextContents()).toEqual(COLOURS);
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('dialog').getByLabel('Name of the list').fill('Colours');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Colours' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: 'Word lists' }).getByRole('button', { name: 'Colours' }).waitFor();
  });

  it('joins a stored list with one that is uploaded on the spot', async () => {
    await beginCampaign(page, 'Colourful places');
    await page.getByRole('radio', { name: 'Dictionary' }).check();
    await page.getByText('Shown as soon as the pattern is complete.').waitFor();
    await page.getByRole('group', { name: 'Where words 1 come from' }).getByText('Stored list').click();
    await goOn(page);
    await page.getByRole('alert').filter({ hasText: 'Choose a list' }).waitFor();
    await page.getByLabel('Words 1', { exact: true }).selectOption({ label: 'Colours (4)' });
    await spaceSize('4');
    await page.getByRole('button', { name: 'Add another list of words' }).click();
    await page.getByRole('group', { name: 'Where words 2 come from' }).getByText('Stored list').click();
    const second = page.getByRole('region', { name: 'List 2' });
    await second.getByRole('button', { name: 'Upload a list' }).click();
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'nouns.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(`# places\n${NOUNS.join('\r\n')}\nhotel\nnot a word\n`),
    });
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    const intake = page.getByRole('region', { name: 'What nouns was made of' });
    await intake.getByRole('cell', { name: 'not a word' }).waitFor();
    expect(await intake.getByRole('definition').allTextContents()).toEqual(['5', '1', '1']);
    await page.getByRole('checkbox', { name: 'A hyphen' }).check();
    // Four colours, five nouns, two ways of joining them.
    await spaceSize('40');
    await page.getByTestId('sample-names').getByText('redbakery.com').waitFor();
    await page.getByLabel('Names to generate').fill('30');
    await goOn(page);

    await chooseLab(page);
    await goOn(page);
  });

  it('forecasts it, and estimates its yield with real queries', async () => {
    await page.getByText('[Colours] [nouns], joined by nothing or “-” under .com').waitFor();
    const forecast = page.getByRole('region', { name: 'Forecast' });
    await forecast.getByText('30 – ').first().waitFor();
    await forecast.getByLabel('Names to try').fill('501');
    await forecast.getByRole('alert').filter({ hasText: 'From 1 to 500' }).waitFor();
    await forecast.getByLabel('Names to try').fill('40');
    await forecast.getByRole('button', { name: 'Estimate yield' }).click();
    expect(await forecast.getByTestId('yield').textContent()).toMatch(/^\d+(\.\d+)?%$/);
    await forecast.getByText('It resolved 30 names with Lab').waitFor();
    await page.getByRole('button', { name: 'Create and start' }).click();
    await page.getByRole('heading', { name: 'Colourful places' }).waitFor();
    await expect.poll(() => page.getByTestId('generation-processed').textContent()).toBe('30');
  });

  it('goes on where the pattern stopped, and says when nothing is left', async () => {
    await page.getByText('Place in the pattern').click();
    await page.getByText('This campaign has 30 offsets, from 0 to 29.').waitFor();
    await page.getByText('begin at offset 30; 10 are left').waitFor();

    await page.getByRole('button', { name: 'Set the next offset' }).click();
    const offset = page.getByRole('textbox', { name: 'Next offset' });
    await offset.fill('41');
    await page.getByRole('alert').filter({ hasText: 'The space ends before that' }).waitFor();
    await offset.fill('40');
    await page.getByText('This passes over 10 offsets').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('All of the space has been given to campaigns.').waitFor();

    await beginCampaign(page, 'Nothing left', 'Domain Generation');
    await page.getByRole('radio', { name: 'Dictionary' }).check();
    await page.getByRole('group', { name: 'Where words 1 come from' }).getByText('Stored list').click();
    await page.getByLabel('Words 1', { exact: true }).selectOption({ label: 'Colours (4)' });
    await page.getByRole('button', { name: 'Add another list of words' }).click();
    await page.getByRole('group', { name: 'Where words 2 come from' }).getByText('Stored list').click();
    await page.getByLabel('Words 2', { exact: true }).selectOption({ label: 'nouns (5)' });
    await page.getByRole('checkbox', { name: 'A hyphen' }).check();
    await page.getByText('Nothing of this pattern is left').waitFor();
    await goOn(page);
    await goOn(page);
    await page.getByText('There is no forecast for this').waitFor();
    await page.getByRole('button', { name: 'Change the names' }).click();
    await page.getByRole('radio', { name: 'At an offset' }).check();
    await page.getByLabel('Offset', { exact: true }).fill('38');
    await page.getByTestId('sample-names').getByText('white-school.com').waitFor();
    await goOn(page);
    await goOn(page);
    await page
      .getByRole('region', { name: 'Forecast' })
      .getByText('from offset 38', { exact: true })
      .waitFor();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { name: 'Nothing left' }).waitFor();
  });

  it('keeps a list that a campaign still needs, and deletes it once it does not', async () => {
    await goTo(page, 'Word lists');
    await page.getByRole('list', { name: 'Word lists' }).getByRole('button', { name: 'nouns' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete word list' }).click();
    await page.getByText('The list is still needed').waitFor();
    await page.getByText('A campaign may still generate from this list: Nothing left.').waitFor();
    await page.getByRole('dialog').getByRole('link', { name: 'Campaigns' }).click();
    await page.getByRole('link', { name: 'Nothing left', exact: true }).click();
    // Only once its page has all that it asked for: answers of a campaign that is gone are complaints.
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Created').first().waitFor();
    await page.getByRole('button', { name: 'Delete campaign' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete campaign' }).click();
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await goTo(page, 'Word lists');
    await page.getByRole('list', { name: 'Word lists' }).getByRole('button', { name: 'nouns' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete word list' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'nouns' }).count()).toBe(0);
  });

  it('finds names that are mistaken for others, of the kinds that are wanted', async () => {
    await beginCampaign(page, 'Look-alikes', 'Domain Generation');
    await page.getByRole('radio', { name: 'Typosquats' }).check();
    await page.getByLabel('Domains to imitate').fill('example');
    await page.getByLabel('Domains to imitate').press('Enter');
    await page.getByRole('alert').filter({ hasText: 'example' }).waitFor();
    await page.getByRole('button', { name: 'Remove example' }).click();
    await page.getByLabel('Domains to imitate').fill('example.com');
    await page.getByLabel('Domains to imitate').press('Enter');
    await page.getByRole('button', { name: 'None', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Omission' }).check();
    await spaceSize('7');
    await page.getByTestId('sample-names').getByText('exmple.com').waitFor();
    expect(await overflowOnPhone(page)).toBe(0);
    await goOn(page);
    await goOn(page);
    await page.getByText('Names mistaken for example.com: omission').waitFor();
    await page.getByRole('button', { name: 'Create and start' }).click();
    await expect.poll(() => page.getByTestId('generation-processed').textContent()).toBe('7');
  });

  it('made no page complain', () => {
    expect(visit.complaints.filter((complaint) => !complaint.includes('status of 409'))).toEqual([]);
  });
});
