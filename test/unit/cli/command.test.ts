import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { command, exits } from '../../../src/cli/command.ts';
import { ownBranch } from '../../../src/core/postFiles/recordsAt.ts';
import { oneLine } from '../../../src/cli/words.ts';
import { recordPath } from '../../../src/core/postFiles/record.ts';
import { protect, Repository } from '../support/gitRepository.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
let bare: string;
let clone: Repository;
let root: string;
beforeEach(async () => {
  root = await temporaryFolder();
  ({ bare, clone } = await Repository.make(root));
});

async function run(args: string, { in: folder = clone.folder, env = {} }: { in?: string; env?: Record<string, string> } = {}) {
  let output = '';
  const exit = await command([...args.split(' '), ...(/^(?:plan|apply)/u.test(args) ? ['--organization', 'Larkspur'] : [])], {
    folder,
    env: { BUFFER_API_KEY: sandbox.graphqlToken, QUEUE_FOR_BUFFER_ADDRESS: sandbox.graphqlUrl, ...env },
    write: (text) => void (output += text),
    writeError: (text) => void (output += text),
    userAgent: 'test',
  });
  return { exit, output };
}

const file = (text: string, front = 'profiles: [bluesky/docs.larkspur.example]') => `---\n${front}\n---\n${text}\n`;
const there = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text);
const mutations = () => sandbox.requests().filter(({ operationName }) => /^(?:Create|Edit|Delete)/u.test(operationName ?? ''));

describe('the command line', () => {
  test('checks without a key, and says where what is wrong', async () => {
    await clone.write({ 'posts/a.buffer.md': file('Fine'), 'posts/b.buffer.md': file('Wrong', 'profiles: [bluesky/x]\nwhenn: queue') });
    const keyless = { env: { BUFFER_API_KEY: '' } };
    const { exit, output } = await run('check', keyless);
    expect(exit).toBe(exits.problems);
    expect(output).toContain('posts/b.buffer.md:3:1: error: “whenn” is not a key of a post. Did you mean “when”?');
    expect((await run('check --format github', keyless)).output).toMatch(/^::error file=posts\/b\.buffer\.md,line=3,endLine=3,col=1,/mu);
    expect(JSON.parse((await run('check --format json', keyless)).output)).toMatchObject({
      problems: [{ code: 'unknownKeyMeant', line: 3 }],
    });
    expect(sandbox.requests()).toEqual([]);
    await clone.write({ 'posts/b.buffer.md': undefined });
    expect((await run('check', keyless)).exit).toBe(exits.done);
  });

  test('publishes no letters that were lost: what is not in UTF-8 is told where that begins', async () => {
    await clone.write({
      'posts/a.buffer.md': Buffer.from(file('Good\nGr\u00fc\u00dfe'), 'latin1'),
      'posts/b.buffer.md': Buffer.from(`\ufeff${file('Sixteen')}`, 'utf16le'),
    });
    const { exit, output } = await run('apply');
    expect(exit).toBe(exits.problems);
    expect(output).toContain('posts/a.buffer.md:5:3: error: This cannot be read: its letters are not in UTF-8');
    expect(output).toContain('posts/b.buffer.md:1:1: error: This cannot be read: its letters are not in UTF-8');
    expect(mutations()).toEqual([]);
  });

  test('counts no byte order mark among the columns', async () => {
    await clone.write({ '.buffer/config.json': '\ufeff{ "profiles": ["bluesky"] }', 'posts/a.buffer.md': '\ufeff<!-- blusky -->\r\nText' });
    expect((await run('check')).output).toContain('posts/a.buffer.md:1:6: error: “blusky” is no network');
  });

  test.each(['', 'nonsense', 'check --format xml', 'check --colour', 'apply --record nowhere', 'preview'])(
    'says how it is used: %s',
    async (args) => {
      const { exit, output } = await run(args);
      expect(exit).toBe(exits.usage);
      expect(output).toContain('--format text|json|github');
    },
  );

  test('plans, applies, and applies again without a writing request', async () => {
    await clone.commit({ 'posts/launch.buffer.md': file('The release is out\n\n---thread---\nWith a second part') });
    const planned = await run('plan');
    expect(planned).toMatchObject({ exit: exits.done });
    expect(planned.output).toContain('posts/launch.buffer.md  bluesky/docs.larkspur.example  queue  to be queued');
    expect(mutations()).toEqual([]);
    const applied = await run('apply');
    expect(applied).toMatchObject({ exit: exits.done });
    expect(applied.output).toContain('queued');
    expect(there('The release is out')).toHaveLength(1);
    expect(await readFile(join(clone.folder, recordPath), 'utf8')).toContain('"post":"posts/launch.buffer.md"');
    sandbox.resetRequests();
    expect(await run('apply')).toMatchObject({ exit: exits.done });
    expect(mutations()).toEqual([]);
    await clone.write({ 'posts/launch.buffer.md': file('The release is out, at last\n\n---thread---\nWith a second part') });
    expect((await run('apply --format json')).output).toContain('"action": "edit"');
    expect([there('The release is out').length, there('The release is out, at last').length]).toEqual([0, 1]);
  });

  test.each(['one\ntwo', 'a\u2026b', 'a b'])('says that %j is no key, and does not tell it', async (key) => {
    const { exit, output } = await run('plan', { env: { BUFFER_API_KEY: key } });
    expect([exit, output]).toEqual([exits.usage, expect.stringMatching(/^BUFFER_API_KEY holds signs that are in no key/u)]);
    expect(output).not.toContain(key);
    expect(sandbox.requests()).toEqual([]);
  });

  test('knows a post again that went to another file of several, and takes no copy for it', async () => {
    await clone.commit({ 'a.buffer.md': file('One\n---post---\nTwo\n---post---\nThree') });
    await run('apply');
    const ids = () => ['One', 'Two', 'Three'].map((text) => there(text).map(({ id }) => id));
    const before = ids();
    sandbox.resetRequests();
    await clone.commit({ 'a.buffer.md': file('One\n---post---\nThree'), 'b.buffer.md': file('Two') });
    expect(await run('apply')).toMatchObject({ exit: exits.done, output: expect.stringContaining('3 as they are to be') as string });
    expect(await readFile(join(clone.folder, recordPath), 'utf8')).toContain('"post":"b.buffer.md"');
    // What is in a file that cannot be read may be there still.
    await clone.commit({ 'b.buffer.md': file('Two', 'profiles: nowhere/x'), 'c.buffer.md': file('Two') });
    expect((await run('plan')).output).toContain('c.buffer.md  bluesky/docs.larkspur.example  queue  to be queued');
    expect([mutations(), ids()]).toEqual([[], before]);
  });

  test('overwrites the file that is named, from here or from the top, and says that there is none', async () => {
    for (const [path, folder] of [
      ['a.buffer.md', 'posts'],
      ['./posts/a.buffer.md', ''],
      ['posts/a.buffer.md', 'posts'],
    ] as const) {
      const at = { in: join(clone.folder, folder) };
      await clone.commit({ 'posts/a.buffer.md': file(`Written for ${path} in ${folder}`) });
      await run('apply');
      Object.assign(there(`Written for ${path} in ${folder}`)[0]!, { text: 'Changed at Buffer' });
      await clone.commit({ 'posts/a.buffer.md': file('Changed here') });
      sandbox.resetRequests();
      const missed = await run('apply --overwrite b.buffer.md', at);
      expect(missed).toMatchObject({ exit: exits.usage, output: expect.stringContaining('There is no file “b.buffer.md”') as string });
      expect(mutations()).toEqual([]);
      expect((await run('apply', at)).exit).toBe(exits.person);
      expect((await run(`apply --overwrite ${path}`, at)).exit).toBe(exits.done);
      expect(there('Changed here')).toHaveLength(1);
      await clone.commit({ 'posts/a.buffer.md': undefined });
      await run('apply --prune');
    }
  });

  test('takes a release to four networks from a branch: checked, shown, merged, queued, edited, and no more', async () => {
    const front = [
      'profiles: [bluesky/docs.larkspur.example, mastodon/larkspur@mastodon.example, linkedin/Larkspur, x/larkspur_dev]',
      'images:\n  - { src: "https://pictures.example.com/builds.png", alt: "Builds, faster" }',
    ].join('\n');
    const posts = (name: string) => ({ 'posts/release.buffer.md': file(`${name} is out\n\n<!-- bluesky -->\n${name} for Bluesky`, front) });
    const keyless = { env: { BUFFER_API_KEY: '' } };
    await clone.git('checkout', '-q', '-b', 'release');
    await clone.commit(posts('Larkspur 5.2'));
    expect((await run('check --output preview.md', keyless)).exit).toBe(exits.done);
    const preview = await readFile(join(clone.folder, 'preview.md'), 'utf8');
    for (const network of ['Bluesky', 'Mastodon', 'LinkedIn', 'X']) expect(preview).toContain(`**${network}**`);
    expect(preview).toContain('`https://pictures.example.com/builds.png`: `Builds, faster`');
    expect(sandbox.requests()).toEqual([]);

    await clone.git('checkout', '-q', 'main');
    await clone.git('merge', '-q', '--no-ff', '-m', 'Merge', 'release');
    expect((await run('apply')).output).toContain('4 done, 0 not done');
    expect([there('Larkspur 5.2 is out').length, there('Larkspur 5.2 for Bluesky').length]).toEqual([3, 1]);

    await clone.commit(posts('Larkspur 5.2.1'));
    sandbox.resetRequests();
    expect((await run('apply')).output).toContain('4 done, 0 not done');
    expect(mutations().map(({ operationName }) => operationName)).toEqual(Array(4).fill(expect.stringMatching(/^Edit/u)));
    expect([there('Larkspur 5.2 is out').length, there('Larkspur 5.2.1 is out').length]).toEqual([0, 3]);
    sandbox.resetRequests();
    expect(await run('apply')).toMatchObject({ exit: exits.done, output: expect.stringContaining('4 as they are to be') as string });
    expect(mutations()).toEqual([]);
  });

  test('keeps the record in Git in a workflow, on a branch of its own where that is protected', async () => {
    await protect(bare, 'main');
    await clone.commit({ 'posts/launch.buffer.md': file('Protected') });
    await clone.git('push', '-q', 'origin', 'HEAD:refs/heads/other');
    const env = { CI: 'true', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' };
    expect(await run('apply', { env })).toMatchObject({ exit: exits.done });
    await clone.git('fetch', '-q');
    expect(await clone.git('show', `origin/${ownBranch}:${recordPath}`)).toContain('"state":"queued"');
    sandbox.resetRequests();
    // Another runner, which has nothing but the repository.
    const runner = await Repository.clone(bare, join(root, 'runner'));
    await runner.git('fetch', '-q', 'origin', 'other');
    await runner.git('checkout', '-q', '--detach', 'FETCH_HEAD');
    expect(await run('apply', { env, in: runner.folder })).toMatchObject({ exit: exits.done });
    expect(mutations()).toEqual([]);
  });

  test('queues from the branch alone that the repository calls its usual one: runs of two branches would not see each other', async () => {
    await clone.commit({ 'posts/launch.buffer.md': file('From two branches') });
    await clone.git('push', '-q', 'origin', 'HEAD:main', 'HEAD:next');
    const runner = await Repository.clone(bare, join(root, 'runner'));
    const on = (branch: string) => ({ in: runner.folder, env: { CI: 'true', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: branch } });
    const [usual, other] = await Promise.all([run('apply --wait 30', on('main')), run('apply --wait 30', on('next'))]);
    expect(usual).toMatchObject({ exit: exits.done });
    expect(other).toMatchObject({ exit: exits.usage });
    expect(other.output).toContain('Posts are queued from main, where the record is, and this is next');
    expect(there('From two branches')).toHaveLength(1);
    expect((await run('apply --record branch', on('next'))).exit).toBe(exits.usage);
    // What is to come may be looked at on any branch.
    expect((await run('plan', on('next'))).exit).toBe(exits.done);
    expect(await clone.git('ls-remote', '--heads', 'origin', ownBranch)).toBe('');
  });

  test('knows here what a workflow queued, though nobody pulled its record and somebody edited the post at Buffer', async () => {
    await clone.commit({ 'posts/launch.buffer.md': file('Queued by a workflow') });
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    await run('apply', { env: { CI: 'true', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' } });
    Object.assign(there('Queued by a workflow')[0]!, { text: 'Edited at Buffer' });
    expect((await run('apply')).output).toContain('changed at Buffer: left as it is there');
    expect(there('Queued by a workflow')).toEqual([]);
    // Without the remote, there is only what is here.
    await clone.git('remote', 'set-url', 'origin', join(root, 'nowhere'));
    expect((await run('plan')).exit).toBe(exits.done);
  });

  test('sends nothing from a file with a problem, also none that it queued before', async () => {
    await clone.write({ 'posts/a.buffer.md': file('Good'), 'posts/b.buffer.md': file('Also good') });
    await run('apply');
    await clone.write({ 'posts/a.buffer.md': file('Good, changed', 'profiles: [bluesky/docs.larkspur.example]\nwhen: 30 February 2027') });
    sandbox.resetRequests();
    expect((await run('apply --prune')).exit).toBe(exits.problems);
    expect(mutations()).toEqual([]);
    expect(there('Good')).toHaveLength(1);
  });

  describe('with --prune, deletes only what was deleted:', () => {
    const path = 'posts/a.buffer.md';
    const at = (...names: string[]) => join(clone.folder, ...names);
    const linkTo = async (target: string) => {
      await clone.write({ [path]: undefined });
      await symlink(target, at(path));
    };
    const ways: Readonly<Record<string, readonly [change: () => Promise<unknown>, told: string, exit: number]>> = {
      'a link that leads out': [
        async () => {
          await writeFile(join(root, 'outside.md'), file('Somebody else'));
          await linkTo('../../outside.md');
        },
        'This leads out of the repository.',
        exits.problems,
      ],
      'a link that leads nowhere': [() => linkTo('nowhere.md'), 'This cannot be read: a link leads nowhere', exits.problems],
      'a folder that is a link now': [
        async () => {
          await rm(at('posts'), { recursive: true });
          await symlink('../..', at('posts'));
        },
        'no post here: left at Buffer',
        exits.done,
      ],
      'what cannot be read': [
        async () => {
          await clone.write({ [path]: undefined });
          await mkdir(at(path));
        },
        'This cannot be read:',
        exits.problems,
      ],
      'too large a file': [() => clone.write({ [path]: file('Kept '.repeat(120_000)) }), 'too large', exits.problems],
      'an open merge': [
        () => clone.write({ [path]: file('<<<<<<< HEAD\nKept\n=======\nOther\n>>>>>>> other') }),
        'A merge left both sides here',
        exits.problems,
      ],
      'a file that the configuration leaves out': [
        () => clone.write({ '.buffer/config.json': '{ "files": ["news/*.buffer.md"] }' }),
        'no post here: left at Buffer',
        exits.done,
      ],
      'a file that was moved to where no posts are': [
        async () => {
          await clone.write({ '.buffer/config.json': '{ "files": ["posts/*.buffer.md"] }' });
          await mkdir(at('old'));
          await clone.git('mv', path, 'old/a.buffer.md');
          await clone.git('commit', '-q', '-m', 'Move');
        },
        'no post here: left at Buffer',
        exits.done,
      ],
      'a file that Git ignores': [
        async () => {
          await clone.git('rm', '-q', '--cached', path);
          await clone.write({ '.gitignore': 'posts/\n' });
        },
        'no post here: left at Buffer',
        exits.done,
      ],
      'what a sparse checkout leaves out': [
        () => clone.git('sparse-checkout', 'set', '--no-cone', '/README.md', '/.buffer/'),
        'no post here: left at Buffer',
        exits.done,
      ],
      'a folder that is a submodule now': [
        async () => {
          await clone.git('rm', '-q', '-r', 'posts');
          await clone.git('update-index', '--add', '--cacheinfo', `160000,${await clone.git('rev-parse', 'HEAD')},posts`);
        },
        'no post here: left at Buffer',
        exits.done,
      ],
    };

    test.each(Object.entries(ways))('%s is left', async (_, [change, told, exit]) => {
      await clone.commit({ [path]: file('Kept') });
      expect(await run('apply')).toMatchObject({ exit: exits.done });
      await change();
      sandbox.resetRequests();
      const ran = await run('apply --prune');
      expect(ran).toMatchObject({ exit, output: expect.stringContaining(told) as string });
      expect(mutations()).toEqual([]);
      expect(there('Kept')).toHaveLength(1);
      // It is remembered, too.
      expect(await readFile(join(clone.folder, recordPath), 'utf8')).toContain('"post":"posts/a.buffer.md"');
    });

    test.each(['here', 'in Git'])('a file that was deleted %s is deleted', async (where) => {
      await clone.commit({ [path]: file('Kept'), 'posts/b.buffer.md': file('Stays') });
      await run('apply');
      await (where === 'here' ? clone.write({ [path]: undefined }) : clone.commit({ [path]: undefined }));
      expect((await run('apply')).output).toContain('left at Buffer, delete it with --prune');
      expect((await run('apply --prune')).output).toContain('deleted at Buffer');
      expect([there('Kept').length, there('Stays').length]).toEqual([0, 1]);
    });

    test('a post that a file does not have any more is left, and not said to be of a file that is gone', async () => {
      await clone.commit({ [path]: file('Kept\n---post---\nAlso') });
      await run('apply');
      await clone.commit({ [path]: file('Kept') });
      expect((await run('apply')).output).toContain('no file wants it any more: left at Buffer, delete it with --prune');
      expect(there('Also')).toHaveLength(1);
    });

    test('what is gone at Buffer, too, is not made again once its file is back', async () => {
      await clone.commit({ [path]: file('Kept') });
      await run('apply');
      sandbox.state.updates.delete(there('Kept')[0]!.id);
      await clone.write({ '.buffer/config.json': '{ "files": ["news/*.buffer.md"] }' });
      await run('apply --prune');
      await clone.write({ '.buffer/config.json': undefined });
      expect((await run('apply')).output).toContain('deleted at Buffer: make it again with --requeue');
      expect(there('Kept')).toEqual([]);
    });
  });

  test.each([
    ['a link that leads out', (folder: string) => symlink('../../outside.json', join(folder, '.buffer', 'config.json'))],
    ['a folder', (folder: string) => mkdir(join(folder, '.buffer', 'config.json'))],
  ])('a configuration that is %s stops everything', async (_, make) => {
    await writeFile(join(root, 'outside.json'), '{}');
    await clone.write({ 'posts/a.buffer.md': file('Good'), '.buffer/note.txt': '' });
    await make(clone.folder);
    expect((await run('apply')).exit).toBe(exits.problems);
    expect(sandbox.requests()).toEqual([]);
  });

  test('a configuration that a sparse checkout leaves out stops everything', async () => {
    await clone.commit({ 'posts/a.buffer.md': file('Good'), '.buffer/config.json': '{ "timezone": "Asia/Tokyo" }' });
    await clone.git('sparse-checkout', 'set', '--no-cone', '/posts/');
    const { exit, output } = await run('apply');
    expect([exit, output]).toEqual([exits.problems, expect.stringContaining('this checkout leaves it out')]);
    expect(sandbox.requests()).toEqual([]);
  });

  test('a record that leads out of the repository, or that this checkout leaves out, is no record', async () => {
    await clone.commit({ 'posts/a.buffer.md': file('Good') });
    await run('apply');
    await clone.git('add', '-A');
    await clone.git('commit', '-q', '-m', 'Note');
    await clone.git('sparse-checkout', 'set', '--no-cone', '/posts/');
    sandbox.resetRequests();
    expect((await run('apply')).exit).toBe(exits.record);
    await clone.git('sparse-checkout', 'disable');
    await clone.write({ [recordPath]: undefined });
    await writeFile(join(root, 'elsewhere.json'), '[]');
    await symlink('../../elsewhere.json', join(clone.folder, recordPath));
    expect((await run('apply')).exit).toBe(exits.record);
    expect(mutations()).toEqual([]);
  });

  test('does not send a post whose picture nobody can fetch', async () => {
    await clone.commit({
      'posts/a.buffer.md': file('With a picture', 'profiles: [bluesky/docs.larkspur.example]\nimages: [{ src: a.png, alt: A }]'),
      'posts/a.png': 'x',
    });
    const { exit, output } = await run('apply');
    expect(exit).toBe(exits.person);
    expect(output).toContain('Nobody knows where posts/a.png is served from');
    expect(mutations()).toEqual([]);
  });

  test('plans what was never noted, though a picture of an earlier commit is there no more', async () => {
    const front = 'profiles: [bluesky/docs.larkspur.example]';
    await clone.commit({ 'a.buffer.md': file('Text', `${front}\nimages: [{ src: a.png, alt: A }]`), 'a.png': 'x' });
    await clone.commit({ 'a.buffer.md': file('Text of its own', front), 'a.png': undefined });
    expect(await run('plan')).toMatchObject({ exit: exits.done, output: expect.stringContaining('to be queued') as string });
  });

  test('says what was queued before the record could be kept no more', async () => {
    await clone.commit({ 'posts/a.buffer.md': file('Noted nowhere') });
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    const env = { CI: 'true', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' };
    // The announcement is taken, and what came of it nowhere.
    const hook = join(bare, 'hooks', 'update');
    await writeFile(hook, '#!/bin/sh\n[ -e taken ] && { echo "protected branch hook declined"; exit 1; }\ntouch taken\n');
    await chmod(hook, 0o755);
    const { exit, output } = await run('apply', { env });
    expect(output).toContain('queued');
    expect(exit).toBe(exits.record);
  });

  test('a configuration with a mistake stops everything', async () => {
    await clone.write({ 'posts/a.buffer.md': file('Good'), '.buffer/config.json': '{ "graphqlUrl": "https://example.com" }' });
    const { exit, output } = await run('apply');
    expect([exit, output]).toEqual([exits.problems, expect.stringContaining('“graphqlUrl” cannot be used')]);
    expect(sandbox.requests()).toEqual([]);
  });

  test('tells the key to nobody but Buffer', async () => {
    await clone.write({ 'posts/a.buffer.md': file('Good') });
    const outputs = [
      await run('plan'),
      await run('apply --format json'),
      await run('plan', { env: { QUEUE_FOR_BUFFER_ADDRESS: 'https://example.com' } }),
    ];
    expect(outputs.map(({ output }) => output).join()).not.toContain(sandbox.graphqlToken);
    expect(outputs[2]).toMatchObject({ exit: exits.buffer, output: expect.stringContaining('The key goes to Buffer alone.') as string });
    expect((await run('plan', { env: { BUFFER_API_KEY: 'wrong' } })).exit).toBe(exits.buffer);
  });

  test('prints nothing from a file that a workflow takes for a command', () => {
    expect(oneLine('\n::add-mask::a')).toBe(' : :add-mask::a');
    expect(oneLine('posts/##[add-mask]a')).toBe('posts/## [add-mask]a');
  });

  test('writes what the posts will look like, however long they are', async () => {
    await clone.write({ 'posts/a.buffer.md': file('` '.repeat(400_000)) });
    expect((await run('preview --output out.md', { env: { BUFFER_API_KEY: '' } })).exit).toBe(exits.problems);
    expect((await readFile(join(clone.folder, 'out.md'), 'utf8')).length).toBeLessThan(61_000);
  });

  test('writes what the posts will look like, in which nothing from a file is more than text', async () => {
    const text = 'Hello @everyone <img src=x onerror=alert(1)> ![](https://example.com/x)\n```\n</details>\n::error::x';
    await clone.write({
      'posts/`a`.buffer.md': file(text, 'profiles: [bluesky/a, x/b]\nimages: [{ src: "https://example.com/a.png", alt: "`@team`" }]'),
    });
    const { exit } = await run('preview --output out.md', { env: { BUFFER_API_KEY: '' } });
    expect(exit).toBe(exits.done);
    const preview = await readFile(join(clone.folder, 'out.md'), 'utf8');
    expect(preview).toContain(`\`\`\`\`text\n${text}\n\`\`\`\``);
    // Without blocks and pieces of code, nothing of the file is left.
    const outside = preview.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gmu, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/gu, '');
    expect(outside).not.toMatch(/@|<img|example\.com|error/u);
    expect(preview).toMatch(/\d+ of 300 characters/u);
    expect(preview).toMatch(/\d+ of 280 characters/u);
    await writeFile(join(clone.folder, 'out.md'), '');
  });
});
