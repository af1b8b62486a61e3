import type { Page } from '@playwright/test';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { expect } from './fixtures.ts';

/** Paths of all writing requests so far. */
export const writes = (sandbox: Sandbox) => sandbox.requests().filter(({ method }) => method === 'POST').map(({ path }) => path);
/** What waits in a profile's queue, as the service has it. */
export const queue = (sandbox: Sandbox, profileId: string) => sandbox.summary().profiles.find(({ id }) => id === profileId)!.pending;

/** Writes a text into a new editor and selects it. */
export async function writeAndSelect(workbench: WorkbenchPage, page: Page, text: string): Promise<void> {
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.editor.click();
  await page.keyboard.insertText(text);
  await page.keyboard.press('Control+a');
}

/** Checks exactly these profiles in the open list and accepts. */
export async function chooseProfiles(workbench: WorkbenchPage, page: Page, ...names: string[]): Promise<void> {
  await expect(workbench.quickPick('@larkspur_dev')).toBeVisible();
  const checked = page.locator('.quick-input-list .monaco-list-row:has([aria-checked=true], .checked)');
  // Something is always chosen beforehand: the last choice, or the default profile.
  await expect(checked).not.toHaveCount(0);
  for (const name of await checked.locator('.quick-input-list-row:first-child .label-name').allTextContents()) await workbench.quickPick(name.trim()).click();
  await expect(checked).toHaveCount(0);
  for (const name of names) await workbench.quickPick(name).click();
  await expect(checked).toHaveCount(names.length);
  await page.keyboard.press('Enter');
}

/** Opens the sidebar and unfolds a section of a profile. */
export async function unfold(workbench: WorkbenchPage, profile: string, section: 'Pending' | 'Sent'): Promise<void> {
  await workbench.openView();
  await workbench.treeRows(profile).click();
  await workbench.treeRows(new RegExp(`^${section}`)).first().click();
}
