import type { Page } from 'playwright-core';
import { chooseLab, goOn, waitForPhase } from './steps.ts';

/** The steps of a first visit. They find things as people do: by role and name. */

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Signs in with a one-time password and changes it, as the platform asks for. Ends on the dashboard. */
export async function signInFirstTime(
  page: Page,
  url: string,
  { username, password }: Credentials,
  newPassword: string,
): Promise<void> {
  await page.goto(`${url}/campaigns`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.getByRole('heading', { name: 'Choose your password' }).waitFor();
  // There is no way round it.
  await page.goto(`${url}/campaigns`);
  await page.getByRole('heading', { name: 'Choose your password' }).waitFor();
  await page.getByLabel('One-time password').fill(password);
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByLabel('New password again').fill(`${newPassword}!`);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('The two passwords differ').waitFor();
  await page.getByLabel('New password again').fill(newPassword);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  await page.getByText('Start with a space of names').waitFor();
  await page.getByText('For a first try choose Use the lab').waitFor();
}

export interface WizardChoices {
  readonly campaignName: string;
  readonly constantPart: string;
  readonly count: number;
}

/** Goes through the wizard and starts the campaign; gives its id. The pattern: three letters after the word, in .com and .de. */
export async function createCampaign(page: Page, choices: WizardChoices): Promise<string> {
  await page.getByRole('link', { name: 'New campaign' }).first().click();
  await goOn(page);
  await page.getByText('A name is needed').waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(choices.campaignName);
  await goOn(page);

  await page.getByLabel('Constant part').fill(choices.constantPart);
  await page.getByLabel('TLDs').fill('notatldatall');
  await page.getByLabel('TLDs').press('Enter');
  // What the API refuses stands at its field.
  await page.getByRole('alert').filter({ hasText: 'notatldatall' }).waitFor();
  await page.getByRole('button', { name: 'Remove notatldatall' }).click();
  await page.getByLabel('TLDs').fill('.DE');
  await page.getByLabel('TLDs').press('Enter');
  await page.getByLabel('Names to generate').fill(String(choices.count));
  // 26 letters to the power of 3, under two TLDs: exact, while one types.
  await page.getByTestId('space-size').getByText('35,152', { exact: true }).waitFor();
  await page.getByTestId('sample-names').getByText(`${choices.constantPart}aaa.com`).waitFor();
  await goOn(page);

  // The simulated internet that runs beside the stack.
  await chooseLab(page);
  for (const persona of ['DNS persona', 'HTTP persona'])
    await page
      .getByLabel(persona)
      .getByRole('option', { name: 'Lab', selected: true })
      .waitFor({ state: 'attached' });
  await page.getByRole('checkbox', { name: 'Commerce and services', checked: true }).waitFor();
  await page
    .getByLabel('Score profile')
    .getByRole('option', { name: 'Default: Standard', selected: true })
    .waitFor({ state: 'attached' });
  await goOn(page);
  await page.getByText(`${choices.constantPart} [3 characters] under .com, .de`).waitFor();
  await page.getByRole('button', { name: 'Create and start' }).click();
  await page.getByRole('heading', { name: choices.campaignName }).waitFor();
  const id = /\/campaigns\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  if (id === undefined) throw new Error(`no campaign in ${page.url()}`);
  return id;
}

/** How often the percentage is read. */
const SAMPLE_MS = 150;

/**
 * Watches a campaign to its end and gives the percentages that the page showed on the way. The page is never reloaded:
 * whoever calls can leave a mark in it and find it again.
 */
export async function watchToTheEnd(page: Page, timeoutMs: number): Promise<number[]> {
  const seen = new Set<number>();
  const deadline = Date.now() + timeoutMs;
  while (!seen.has(100)) {
    if (Date.now() > deadline)
      throw new Error(`the campaign stands at ${[...seen].at(-1)}% after ${timeoutMs} ms`);
    seen.add(Number((await page.getByTestId('campaign-progress').textContent())?.replace('%', '')));
    await page.waitForTimeout(SAMPLE_MS);
  }
  await waitForPhase(page, 'analysis', 'completed');
  return [...seen];
}
