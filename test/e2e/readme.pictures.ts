// `npm run pictures`: takes the README's screenshots from the running extension.
import { expect, test } from './fixtures.ts';
import { unfold, writeAndSelect } from './steps.ts';

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
