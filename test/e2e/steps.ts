import type { FrameLocator, Locator, Page } from '@playwright/test';
import { type ApiName, tokenOf } from '../harness/environment.ts';
import { type Deed, deedOf, isWrite } from '../harness/requests.ts';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { expect } from './fixtures.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

/** What was asked of the service so far, but for who is signed in. */
export const deeds = (sandbox: Sandbox): Deed[] =>
  sandbox
    .requests()
    .map(deedOf)
    .filter((deed) => deed !== 'account');
/** All that was to change something so far. */
export const writes = (sandbox: Sandbox): Deed[] => deeds(sandbox).filter(isWrite);
/** What waits in a profile's queue, as the service has it. */
export const queue = (sandbox: Sandbox, profileId: string) => sandbox.summary().profiles.find(({ id }) => id === profileId)!.pending;
/** What went out last, as the service has it. */
export const newestSent = (sandbox: Sandbox, profileId: string) =>
  sandbox.state.sent(sandbox.state.profiles.find(({ id }) => id === profileId)!)[0]!;
/** The update of a profile that was made last, as the service has it. */
export const newest = (sandbox: Sandbox, profileId: string) =>
  [...sandbox.state.updates.values()].findLast((update) => update.profileId === profileId)!;

/** The profiles that the latest update was to be created for. */
export function lastCreatedFor(sandbox: Sandbox): string[] {
  const { form } = sandbox.requests().findLast((request) => deedOf(request) === 'create')!;
  const inputs = form['variables'] as Record<string, { channelId: string }> | undefined;
  return inputs ? Object.values(inputs).map(({ channelId }) => channelId) : (form['profile_ids'] as string[]);
}

/** Answers the box for a credential; the current API then asks whose queues are wanted. */
export async function giveToken(workbench: WorkbenchPage, sandbox: Sandbox, api: ApiName): Promise<void> {
  await workbench.answer(tokenOf(sandbox, api));
  if (api === 'graphql') await workbench.pick('Larkspur');
}

/** Rows of what waits to go out, in order: neither what failed, which the current API lists above, nor what has no time. */
export function dueRows(workbench: WorkbenchPage): Locator {
  return workbench.page
    .locator('.pane-body .monaco-list-row[aria-level="3"]')
    .filter({ hasNotText: /(failed|aiting for approval|draft)( · .*)?$/ });
}

/**
 * Chooses an action of a row that asks first. VS Code loses a click on a row that is drawn anew in that moment, as it is while
 * the queue moves: whoever sees no question clicks again.
 */
export async function askOnRow(workbench: WorkbenchPage, row: Locator, action: string): Promise<void> {
  await expect(async () => {
    if (!(await workbench.dialog.isVisible())) await workbench.rowAction(row, action);
    await expect(workbench.dialog).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 * timeoutFactor });
}

/** Sends what is in the composer by its keys: a notification of VS Code's can lie over the button. */
export async function sendByKeys(composer: FrameLocator): Promise<void> {
  await composer.locator('#text-field').press('Control+Enter');
}

/** How many updates the row of a section says it has; undefined where it says nothing. */
export async function countOf(row: Locator): Promise<number | undefined> {
  const digits = /^(?:Pending|Sent)(\d+)/.exec((await row.textContent()) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Writes a text into a new editor and selects it. */
export async function writeAndSelect(workbench: WorkbenchPage, page: Page, text: string): Promise<void> {
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.focusEditor();
  await page.keyboard.insertText(text);
  await page.keyboard.press('Control+a');
}

/** Checks exactly these profiles in the open list and accepts. */
export async function chooseProfiles(workbench: WorkbenchPage, page: Page, ...names: string[]): Promise<void> {
  await expect(workbench.quickPick('@larkspur_dev')).toBeVisible();
  const checked = page.locator('.quick-input-list .monaco-list-row:has([aria-checked=true], .checked)');
  // Something is always chosen beforehand: the last choice, or the default profile.
  await expect(checked).not.toHaveCount(0);
  for (const name of await checked.locator('.quick-input-list-row:first-child .label-name').allTextContents())
    await workbench.quickPick(name.trim()).click();
  await expect(checked).toHaveCount(0);
  for (const name of names) await workbench.quickPick(name).click();
  await expect(checked).toHaveCount(names.length);
  await page.keyboard.press('Enter');
}

/** Opens the sidebar and unfolds a section of a profile. @param above  how many profiles above it are unfolded */
export async function unfold(
  workbench: WorkbenchPage,
  profile: string,
  section: 'Pending' | 'Drafts at Buffer' | 'Sent',
  above = 0,
): Promise<void> {
  await workbench.openView();
  await workbench.treeRows(profile).click();
  await workbench
    .treeRows(new RegExp(`^${section}`))
    .nth(above)
    .click();
}

/** A new composer, ready to type in, with these profiles chosen; with the usual ones where none is named. */
export async function compose(workbench: WorkbenchPage, ...profiles: string[]): Promise<FrameLocator> {
  await workbench.runCommand('Buffer: New Update');
  const composer = workbench.webview;
  await expect(composer.locator('#text-field')).toBeEditable();
  await expect(composer.getByRole('button', { name: /larkspur_dev/ })).toBeVisible();
  if (profiles.length) {
    await composer.getByRole('button', { name: 'None of the Profiles' }).click();
    await composer.getByRole('button', { name: /^Show \d+ more$/ }).click();
    for (const name of profiles) await composer.locator('.chip', { hasText: name }).click();
    await composer.getByRole('button', { name: 'Show Fewer' }).click();
  }
  return composer;
}

/** Opens a file of the folder by its name. */
export async function openFile(workbench: WorkbenchPage, name: string): Promise<void> {
  // A list of files that was made just before the file was written has none of it.
  await expect(async () => {
    await workbench.runCommand('Go to File...');
    await workbench.quickInput.fill(name);
    await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().waitFor({ timeout: 3000 });
    await workbench.page.keyboard.press('Enter');
  }).toPass({ timeout: 20_000 * timeoutFactor });
}
