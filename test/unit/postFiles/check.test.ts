import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../src/core/buffer/model.ts';
import { checkFile, type CheckSurroundings } from '../../../src/core/postFiles/check.ts';
import { filesOf, parseConfig, usualConfig } from '../../../src/core/postFiles/config.ts';
import { hasErrors } from '../../../src/core/postFiles/problem.ts';
import { addressed, localFilesOf, newUpdateOf } from '../../../src/core/postFiles/resolve.ts';
import { profileWith } from '../support/profile.ts';

const now = new Date('2026-11-27T12:00:00Z');
const around: CheckSurroundings = { config: usualConfig, now };

const profile = (service: string, username: string, more: Partial<Profile> = {}) =>
  profileWith({ id: `${service}-${username}`, service, name: username, username, timeZone: 'Europe/Berlin', ...more });

const codes = async (text: string, more: Partial<CheckSurroundings> = {}) =>
  (await checkFile('posts/a.buffer.md', text, { ...around, ...more })).problems.map(({ code }) => code);
const targetsOf = async (text: string, more: Partial<CheckSurroundings> = {}) => {
  const { posts, problems } = await checkFile('posts/a.buffer.md', text, { ...around, ...more });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return posts[0]!.targets;
};

/** The file once everything that is offered was done, from the last place to the first. */
const mended = async (text: string, more: Partial<CheckSurroundings> = {}) => {
  const { problems } = await checkFile('posts/a.buffer.md', text, { ...around, ...more });
  const fixes = problems.flatMap(({ fix }) => fix ?? []).sort((one, other) => other.range.start.offset - one.range.start.offset);
  return fixes.reduce((done, { range, text: by }) => done.slice(0, range.start.offset) + by + done.slice(range.end.offset), text);
};

describe('what is offered instead of a mistake', () => {
  it('changes nothing but the mistake', async () => {
    const pictures = (lines: string) => `---\nprofiles: bluesky/a\nimages:\n${lines}\n---\nA\n---thread---\nB`;
    expect(await mended(pictures('  - { src: ./a.png, part: 2 }'))).toBe(pictures('  - { src: ./a.png, alt: "", part: 2 }'));
    expect(await mended(pictures('  - src: "./a, b.png"\n    part: 2'))).toBe(pictures('  - src: "./a, b.png"\n    alt: ""\n    part: 2'));
    expect(await mended(pictures('  - "./a, b.png"'))).toBe(pictures('  - { src: "./a, b.png", alt: "" }'));
    expect(await mended(pictures('  - { src: ./a.png, alt: "" }'))).toBe(pictures('  - { src: ./a.png, alt: "" }'));
    expect(await mended('---\nprofiles: ["linkdin/Larkspur, Inc"]\n---\nA')).toBe('---\nprofiles: ["linkedin/Larkspur, Inc"]\n---\nA');
  });

  it('leaves the front matter alone where the configuration made the mistake', async () => {
    const text = '---\nwhen: next\ntags: [release]\n---\nA';
    const profiles = [profile('bluesky', 'queueforbuffer')];
    for (const named of [['bluesky/queueforbufer'], ['bluesky', 'bluesky/queueforbuffer'], ['blusky/queueforbuffer']]) {
      const more = { config: { ...usualConfig, profiles: named }, profiles };
      expect(await codes(text, more)).toHaveLength(1);
      expect(await mended(text, more)).toBe(text);
    }
  });

  it('tells of a tag of the configuration that is not there: the post would go out without it', async () => {
    const text = '---\nprofiles: bluesky/queueforbuffer\n---\nA';
    const profiles = [profile('bluesky', 'queueforbuffer')];
    const more = { config: { ...usualConfig, tags: ['relese'] }, profiles, tagNames: ['release'] };
    expect(await codes(text, more)).toEqual(['unknownTagMeant']);
    expect(await mended(text, more)).toBe(text);
    expect(await codes('---\nprofiles: bluesky/queueforbuffer\ntags: []\n---\nA', more)).toEqual([]);
  });

  it('sends nothing to the profiles of the configuration where a post names none of its own accord', async () => {
    const more = { config: { ...usualConfig, profiles: ['bluesky/queueforbuffer'] } };
    expect(await codes('---\nprofiles: []\n---\nA', more)).toEqual(['emptyValue']);
    expect(await codes('---\nwhen: next\n---\nA', more)).toEqual([]);
  });
});

describe('a post of a file', () => {
  const profiles = [
    profile('bluesky', 'queueforbuffer', { timeZone: 'America/New_York' }),
    profile('mastodon', 'q', { name: '@q@fosstodon.org' }),
    profile('linkedin', 'our-company', { name: 'Our Company', serviceType: 'page' }),
  ];

  it('is an update for each of its profiles', async () => {
    const targets = await targetsOf(
      [
        '---\nprofiles: [bluesky/@QueueForBuffer, "mastodon/@q@fosstodon.org", linkedin/Our Company]',
        'when: 2026-12-01 09:30\n---\nA\n<!-- bluesky -->\nB\n---thread---\nC',
      ].join('\n'),
      { profiles },
    );
    expect(targets.map((each) => newUpdateOf(each as Parameters<typeof newUpdateOf>[0]))).toMatchObject([
      {
        profileIds: ['bluesky-queueforbuffer'],
        text: 'B',
        when: { at: new Date('2026-12-01T14:30:00Z') },
        details: { 'bluesky-queueforbuffer': { thread: ['C'] } },
      },
      { profileIds: ['mastodon-q'], text: 'A', when: { at: new Date('2026-12-01T08:30:00Z') } },
      { profileIds: ['linkedin-our-company'], text: 'A', when: { at: new Date('2026-12-01T08:30:00Z') } },
    ]);
  });

  it('is checked without an account as far as its networks are known', async () => {
    expect(await codes('---\nprofiles: [bluesky/a, mastodon/b]\nwhen: queue\n---\n' + 'A'.repeat(301))).toEqual(['tooLong']);
    expect(await codes('---\nprofiles: bluesky/a\nwhen: 2026-12-01 09:30\n---\nA')).toEqual(['noZone']);
    expect(await codes('---\nprofiles: bluesky/a\nwhen: 2026-12-01 09:30Z\n---\nA')).toEqual([]);
  });

  it.each([
    ['profiles: [blusky/a]', 'unknownNetworkMeant'],
    ['profiles: ["@a"]', 'profileWithoutNetwork'],
    ['profiles: [bluesky/queueforbufer]', 'unknownProfileMeant'],
    ['profiles: [threads/zzzz]', 'unknownProfile'],
    ['profiles: [bluesky/queueforbuffer, bluesky]', 'duplicateProfile'],
    ['profiles: bluesky\nwhen: 2026-02-30 09:00', 'noSuchTime'],
    ['profiles: bluesky\nwhen: 2026-12-01 24:00', 'noSuchTime'],
    ['profiles: bluesky\nwhen: 2027-03-14 02:30', 'noSuchTime'],
    ['profiles: bluesky\nwhen: now', 'notNow'],
    ['profiles: bluesky\nwhen: next tuesday 9:30', 'timeInWords'],
    ['profiles: bluesky\nwhen: 9:30', 'timeInWords'],
    ['profiles: bluesky\nwhen: soonish', 'unknownTime'],
    ['profiles: bluesky\nwhen: no', 'unknownTime'],
    ['profiles: bluesky\nwhen: 2026-11-01 9:30', 'past'],
    ['profiles: bluesky\ntimezone: Europe/Berln', 'unknownZone'],
    ['profiles: bluesky\nimages: a.png', 'noAltText'],
    ['profiles: bluesky\nimages: [{ src: ../../a.png, alt: A }]', 'outside'],
    ['profiles: bluesky\nimages: [{ src: http://example.com/a.png, alt: A }]', 'insecureAddress'],
    ['profiles: bluesky\nlink: example.com/a', 'insecureAddress'],
    ['profiles: bluesky\nlink: { url: /a, title: A }', 'insecureAddress'],
    ['profiles: bluesky\nimages: [{ src: a.tiff, alt: A }]', 'notAPicture'],
    ['profiles: bluesky\nimages: [{ src: a.gif, alt: A }]', 'noGif'],
    ['profiles: bluesky\nimages: [{ src: a.png, alt: A }]\nlink: https://example.com', 'severalMedia'],
    ['profiles: bluesky\nimages: [{ src: a.png, alt: A, part: 3 }]', 'partWithoutThread'],
    ['profiles: bluesky\ntags: [zzz]', 'unknownTag'],
    ['when: queue', 'noProfiles'],
  ])('tells what is wrong with %s', async (said, code) => {
    expect(await codes(`---\n${said}\n---\nA`, { profiles, tagNames: ['release'] })).toContain(code);
  });

  it('tells of texts that no profile gets, of threads where there are none, and of what is missing', async () => {
    expect(await codes('---\nprofiles: bluesky/a\n---\nA\n<!-- linkedin -->\nB')).toEqual(['unusedVariant']);
    expect(await codes('---\nprofiles: linkedin/a\n---\nA\n---thread---\nB')).toEqual(['noThreads']);
    expect(await codes('---\nprofiles: [bluesky/a, linkedin/a]\n---\n\n<!-- linkedin -->\nB')).toEqual(['noText']);
    expect(await codes('---\nprofiles: instagram/a\n---\nA')).toEqual(['needsPictureOrVideo']);
  });

  it('tells which of two profiles of one handle is meant', async () => {
    const twins = [profile('linkedin', 'a', { id: '1' }), profile('linkedin', 'a', { id: '2', serviceType: 'page' })];
    expect(await codes('---\nprofiles: linkedin/a\n---\nA', { profiles: twins })).toEqual(['ambiguousProfile']);
    expect((await targetsOf('---\nprofiles: linkedin/a (page)\n---\nA', { profiles: twins })).map((each) => each.profile?.id)).toEqual([
      '2',
    ]);
  });

  it('is the same at any hour where its time is fixed, also in words', async () => {
    expect(await codes('---\nprofiles: bluesky\nwhen: 1 December 2026 at 9:30\n---\nA', { profiles })).toEqual([]);
  });

  it('has no time in a zone that is none', async () => {
    const text = (zone: string) => `---\nprofiles: bluesky/queueforbuffer\nwhen: 2026-12-01 09:30 ${zone}\n---\nA`;
    for (const zone of ['+99:99', '+01:75', '-15:00']) expect(await codes(text(zone), { profiles })).toEqual(['noSuchTime']);
    for (const zone of ['+14:00', '-0930', 'Z']) expect(await codes(text(zone), { profiles })).toEqual([]);
  });

  it('goes to the front of the queue when it is late, if the repository says so', async () => {
    const late = '---\nprofiles: bluesky\nwhen: 2026-11-01 9:30\n---\nA';
    expect(await targetsOf(late, { profiles })).toMatchObject([{ isLate: true, when: { at: new Date('2026-11-01T14:30:00Z') } }]);
    expect(await targetsOf(late, { profiles, config: { ...usualConfig, late: 'next' } })).toMatchObject([{ isLate: true, when: 'next' }]);
  });

  it('names pictures by their path in the repository until it is known where they are served', async () => {
    const [target] = await targetsOf(
      '---\nprofiles: bluesky\nimages: [{ src: ../pictures/a.png, alt: A }, { src: /b.png, alt: B, part: 2 }]\n---\nA\n---thread---\nB',
      { profiles },
    );
    expect(localFilesOf(target!)).toEqual(['pictures/a.png', 'b.png']);
    const { media, details } = addressed(target!, (path) => `https://example.com/${path}`);
    expect(media?.picture).toBe('https://example.com/pictures/a.png');
    expect(details.threadPictures).toEqual([[{ url: 'https://example.com/b.png', description: 'B' }]]);
  });
});

describe('the configuration of a repository', () => {
  it('says what posts leave open', async () => {
    const { config, problems } = parseConfig(
      '{ "profiles": ["bluesky/a"], "timezone": "Europe/Berlin", "when": "draft", "tags": ["news"] }',
    );
    expect(problems).toEqual([]);
    expect(await targetsOf('A', { config })).toMatchObject([{ service: 'bluesky', when: 'draft', tagNames: ['news'] }]);
  });

  it.each([
    ['{', 'invalidJson'],
    ['[]', 'invalidConfig'],
    ['{ "apiUrl": "https://example.com" }', 'invalidConfig'],
    ['{ "timezone": "Berlin" }', 'invalidConfig'],
    ['{ "pictures": "http://example.com/{path}" }', 'invalidConfig'],
    ['{ "keys": { "date": "at" } }', 'invalidConfig'],
    ['{ "files": ["*a*a*a*a*a*a*a*a*a*a*"] }', 'invalidConfig'],
    ['{ "files": ["posts/*.md", "!posts/drafts/*.md"] }', 'invalidConfig'],
    ['{ "when": "draft", "when": "queue" }', 'duplicateKey'],
  ])('refuses %s', (text, code) => {
    const { problems } = parseConfig(text);
    expect(problems.map((each) => each.code)).toContain(code);
    expect(hasErrors(problems)).toBe(true);
  });

  it.each([
    ['{ "files": ["a.md",] }', ']'],
    ['{ "when": now }', 'o'],
    ['{\n  // a note\n  "when": "next"\n}', '/'],
    ["{ 'when': 'next' }", "'"],
    ['\ufeff{ "when": tru }', ' }'],
    ['\ufeff{ "when": "next" } x', 'x'],
    ['{ "keys": { "date": "when" }, "when": "now" }', '"when": "now'],
    ['{ "profiles": ["late"],\r\n"late": true }', '"late": t'],
    ['{ "a.b": 1 }', '"a.b"'],
    ['{ "when": "draft", "tags": [], "when": "queue" }', '"when": "queue'],
    ['{ "keys": { "when": "when", "tags": "tags" }, "whenn": 1 }', '"whenn"'],
    ['[]', '['],
    ['{ "when": "next"', ''],
  ])('says where %j is wrong', (text, place) => {
    const { problems } = parseConfig(text);
    const { offset, line, column } = problems[0]!.range.start;
    expect([problems.length, text.slice(offset, offset + place.length)]).toEqual([1, place]);
    expect(text.split('\n')[line]!.slice(column)).toBe(text.slice(offset).split('\n', 1)[0]);
    if (place === '') expect(offset).toBe(text.length);
  });

  it('takes each sign of a pattern, also among choices', () => {
    expect(filesOf({ files: ['{?,b*}.md'] })('a.md')).toEqual({});
    expect(filesOf({ files: ['{?,b*}.md'] })('ab.md')).toBeUndefined();
  });

  it('takes a layout that a repository had before', async () => {
    const { config, problems } = parseConfig(`{
      "files": ["posts/*/{network}.md", "posts/*.md"],
      "profiles": ["bluesky/a", "linkedin/b"],
      "keys": { "platforms": "profiles", "date": "when" },
      "ignore": ["title"]
    }`);
    expect(problems).toEqual([]);
    const filed = filesOf(config);
    expect(filed('posts/launch/bluesky.md')).toEqual({ network: 'bluesky' });
    expect(filed('posts/launch.md')).toEqual({});
    expect(filed('README.md')).toBeUndefined();
    const { posts } = await checkFile('posts/launch/bluesky.md', '---\ntitle: A\ndate: 2026-12-01 09:30Z\n---\nA', { ...around, config });
    expect(posts[0]!.targets.map(({ written }) => written.value)).toEqual(['bluesky/a']);
  });
});
