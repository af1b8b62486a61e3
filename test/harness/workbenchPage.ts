// VS Code's window as a person uses it: the few gestures every test is made of.
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { ColorTheme } from './environment.ts';
import { takePicture } from './takePicture.ts';
import { timeoutFactor } from './timeoutFactor.ts';

/** Drives one window. Every locator is lazy: it looks when it is used. */
export class WorkbenchPage {
  readonly page: Page;
  readonly #screens: string;

  /** @param screens  the folder of its pictures among those of all tests */
  constructor(page: Page, screens = '') {
    this.page = page;
    this.#screens = screens;
  }

  /** Opens a window and waits until it can be used. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }

  /** Reloads the window, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Waits until the window is drawn and what extensions contribute to it (views, commands, colours) is in it. */
  async ready(): Promise<void> {
    // Colour themes are contributed too: this class tells that ours has replaced the one of the first paint.
    await this.page.locator('.monaco-workbench[class*="vscode-theme-"]').waitFor({ timeout: 30_000 * timeoutFactor });
    await this.page.locator('.activitybar .action-item').first().waitFor();
  }

  /** Waits until the window is drawn in this colour theme, after a change of the settings. */
  async isIn(colorTheme: ColorTheme): Promise<void> {
    const base = { light: 'vs', dark: 'vs-dark', highContrast: 'hc-black', highContrastLight: 'hc-light' }[colorTheme];
    await this.page.locator(`.monaco-workbench.${base}`).waitFor();
  }

  /** Shows a view container by the name on its activity bar icon; does nothing when it is showing. */
  async openView(name = 'Buffer'): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name });
    const title = this.sideBar.locator('.composite.title').getByText(name).first();
    await tab.waitFor();
    for (let tries = 3; ; tries--) {
      // A click on the icon of the view that shows would hide it: so does ours where a reloaded window was about to show it.
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
      // Its tooltip would cover a row of the view.
      await this.page.mouse.move(0, 0);
      if (await isShown(title, tries > 1 ? 2_500 : 10_000)) return;
      if (tries === 1) throw new Error(`The view container "${name}" does not show.`);
    }
  }

  /** Runs a command by its full title through the command palette; fails when none of that title comes to be there. */
  async runCommand(title: string): Promise<void> {
    const entry = this.quickPick(title).first();
    // The palette lists what could be run when it opened: a command whose time comes later needs it opened again.
    for (let tries = 5; ; tries--) {
      await this.page.keyboard.press('F1');
      // A busy window can lose the key.
      if (await isShown(this.quickInput, tries > 1 ? 3_000 : 10_000)) {
        // What is just opening can take the focus, which closes the palette.
        await this.quickInput.fill(`>${title}`, tries > 1 ? { timeout: 2_000 } : {}).catch((error: unknown) => {
          if (tries === 1) throw error;
        });
        if (await isShown(entry, tries > 1 ? 1_500 : 5_000)) break;
        await this.page.keyboard.press('Escape');
      }
      if (tries === 1) throw new Error(`The command palette has no "${title}".`);
    }
    await entry.click();
  }

  /** The side bar. */
  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** One view of the side bar, by its title. */
  view(title: string): Locator {
    return this.page.locator('.pane').filter({ has: this.page.locator('.pane-header', { hasText: title }) });
  }

  /** Rows of the side bar's trees, all or those with this text. */
  treeRows(text?: string | RegExp): Locator {
    return this.page.locator('.pane-body .monaco-list-row').filter(text === undefined ? {} : { hasText: text });
  }

  /** Clicks one of the actions a tree row shows while the pointer is on it. */
  async rowAction(row: Locator, label: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: label }).click();
  }

  /** Opens a context menu on an element and chooses an entry of it. */
  async contextMenu(target: Locator, entry: string): Promise<void> {
    for (let tries = 3; ; tries--) {
      await target.click({ button: 'right' });
      try {
        // A menu is deaf for its first 100 ms, lest the click that opened it choose something.
        return await this.menuItem(entry).click({ delay: 150, timeout: tries > 1 ? 3_000 : 10_000 * timeoutFactor });
      } catch (error) {
        // VS Code closes a menu when its tree is drawn anew, also one whose entry is about to be chosen.
        if (tries === 1) throw error;
      }
    }
  }

  /** An entry of the menu that is open. */
  menuItem(label: string): Locator {
    return this.page.locator('.context-view .monaco-menu, .monaco-menu-container').getByRole('menuitem', { name: label });
  }

  /** The input box of a quick pick, an input box or the command palette. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input[type="text"], .quick-input-widget:visible input[type="password"]').first();
  }

  /** Entries of the open quick pick whose label is, or matches, this. */
  quickPick(label: string | RegExp): Locator {
    return this.page
      .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row')
      .filter({ has: this.page.getByText(label, { exact: true }) });
  }

  /** Types into the open input box, replacing what is there, and accepts. */
  async answer(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.quickInput.press('Enter');
  }

  /** Chooses an entry of the open quick pick. */
  async pick(label: string | RegExp): Promise<void> {
    await this.quickPick(label).first().click();
  }

  /** Notifications in the corner, all or those with this text. */
  notifications(text?: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast').filter(text === undefined ? {} : { hasText: text });
  }

  /** A modal dialog of VS Code. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Entries of the status bar, all or those with this text. */
  statusBar(text?: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter(text === undefined ? {} : { hasText: text });
  }

  /** The tab of an open editor. */
  editorTab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name });
  }

  /** The text editor that shows. */
  get editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  /** Puts the keyboard into the text editor that shows. On a slow machine a row that was clicked just before takes it back. */
  async focusEditor(): Promise<void> {
    const focused = this.page.locator('.editor-instance .monaco-editor.focused').first();
    for (let tries = 5; tries > 0; tries--) {
      await this.editor.click();
      if (
        await focused.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        )
      )
        return;
    }
    throw new Error('The text editor does not take the keyboard.');
  }

  /** The document inside the webview that shows. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Saves a picture of the window as `<name>.png`, where somebody will look at it. */
  screenshot(name: string): Promise<void> {
    return takePicture(this.page, this.#screens, name);
  }
}

function isShown(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
