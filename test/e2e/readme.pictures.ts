// `npm run pictures`: takes the README's screenshots from the running extension.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { openFile, unfold, writeAndSelect } from './steps.ts';

test.use({ colorTheme: 'dark', viewport: { width: 1120, height: 640 }, userSettings: { 'editor.fontSize': 15 } });

test('the sidebar beside an update', async ({ workbench, page }) => {
  await workbench.openView();
  const sash = (await workbench.sideBar.boundingBox())!;
  await page.mouse.move(sash.x + sash.width + 1, 300);
  await page.mouse.down();
  await page.mouse.move(520, 300, { steps: 5 });
  await page.mouse.up();
  await unfold(workbench, '@docs.larkspur.example', 'Pending');
  await workbench.treeRows('Release candidate').click();
  await expect(workbench.statusBar('Bluesky')).toBeVisible();
  await page.screenshot({ path: 'media/readme/queue.png' });
});

test('posting a selection', async ({ workbench, page }) => {
  await writeAndSelect(
    workbench,
    page,
    'Larkspur 5.2 is out: builds start 40 % faster and say why they fail.\nNotes: https://larkspur.example/releases/5.2',
  );
  await workbench.runCommand('Buffer: Post Selection…');
  await workbench.quickPick('@docs.larkspur.example').click();
  await workbench.quickPick('@larkspur@mastodon.example').click();
  await page.screenshot({ path: 'media/readme/post.png' });
});

test('a release as a file, and its plan', async ({ workbench, page, sandbox, workspaceFolder }) => {
  await mkdir(join(workspaceFolder, 'posts'), { recursive: true });
  const picture = await fetch(`${new URL(sandbox.graphqlUrl).origin}/media/pictures/bars-265.png`);
  await writeFile(join(workspaceFolder, 'posts', 'builds.png'), Buffer.from(await picture.arrayBuffer()));
  const day = new Date(Date.now() + 9 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await writeFile(
    join(workspaceFolder, 'posts', 'larkspur-5.2.buffer.md'),
    [
      '---',
      'profiles: [bluesky/docs.larkspur.example, mastodon/larkspur@mastodon.example, linkedin/Larkspur, x/larkspur_dev]',
      `when: ${day} 9:30`,
      'images:',
      '  - { src: ./builds.png, alt: "Builds start 40 % faster" }',
      '---',
      'Larkspur 5.2 is out: builds start 40 % faster and say why they fail.',
      '',
      'Notes: https://larkspur.example/releases/5.2',
      '',
      '<!-- bluesky -->',
      'Larkspur 5.2: faster builds that say why they fail.',
      '',
      '---thread---',
      'What is new: https://larkspur.example/releases/5.2',
      '',
    ].join('\n'),
  );
  await workbench.openView();
  await openFile(workbench, 'larkspur-5.2');
  await expect(page.locator('.codelens-decoration').getByText('/280 X')).toBeVisible();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: 'media/readme/postFile.png' });
  await page.locator('.codelens-decoration').getByText('Queue…').click();
  await expect(page.locator('.quick-input-list')).toContainText('x/larkspur_dev');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: 'media/readme/plan.png' });
});

test('the same in review, once it is queued, and as it is changed', async ({ workbench, page, workspaceFolder }) => {
  await mkdir(join(workspaceFolder, 'posts'), { recursive: true });
  const path = join(workspaceFolder, 'posts', 'larkspur-5.2.buffer.md');
  const release = (end: string) =>
    [
      '---',
      'profiles: [bluesky/docs.larkspur.example, mastodon/larkspur@mastodon.example, linkedin/Larkspur, x/larkspur_dev]',
      'when: queue',
      '---',
      `Larkspur 5.2 is out: builds start 40 % faster and say why they fail.${end}`,
      '',
      'Notes: https://larkspur.example/releases/5.2',
      '',
    ].join('\n');
  await writeFile(path, release(''));
  await workbench.openView();
  await openFile(workbench, 'larkspur-5.2');
  await expect(page.locator('.codelens-decoration').getByText('/280 X')).toBeVisible();
  await workbench.runCommand('Buffer: Open Preview to the Side');
  await expect(workbench.webview.locator('.card')).toHaveCount(4);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: 'media/readme/review.png' });
  await workbench.editor.click();
  await workbench.runCommand('Buffer: Queue This File…');
  await expect(page.locator('.quick-input-list')).toContainText('x/larkspur_dev');
  await page.keyboard.press('Enter');
  await expect(workbench.notifications('4 posts are at Buffer')).toBeVisible();
  await workbench.runCommand('Notifications: Clear All Notifications');
  await writeFile(path, release(' Thanks to all who tried it.'));
  await workbench.runCommand('Explorer: Focus on Folders View');
  await workbench.editor.click();
  // Else it lies over what opens, which shows a tooltip then.
  await page.mouse.move(0, 0);
  await workbench.runCommand('Buffer: Queue This File…');
  await expect(page.locator('.quick-input-list')).toContainText('x/larkspur_dev');
  await page.screenshot({ path: 'media/readme/changed.png' });
});
