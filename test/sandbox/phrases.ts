// What an open-source project and its docs team might post. `{name}` stands for a word of that list below.

/** Each can be said many times, about something else each time. */
const templates: readonly string[] = [
  '{release} is out: faster cold starts, calmer logs, and {feature} switched on by default. Notes: {releaseUrl}',
  'New in the docs: “{guide}”, rewritten from the questions you asked us. {guideUrl}',
  'Docs tip: {tip}',
  'We rewrote the {guide} page so that the first command works on a clean machine. {guideUrl}',
  '{release} fixes a race in {feature}. If you saw builds hang at 99%, this is for you.',
  'Did you know: {feature} works offline too. Two flags and a coffee: {guideUrl}',
  'Thank you to the {count} contributors behind {release} 💜',
  'What would make “{guide}” clearer? Reply with the sentence that lost you; we will fix that one first.',
  'Today’s tiny pleasure: deleting {count} lines of configuration because of {feature}.',
  'Reading list for the weekend: {guide}, then the changelog of {release}. {releaseUrl}',
  'Office hours about {feature} this Thursday, 16:00 UTC. Bring your strangest build log.',
  'We measured it: {feature} saves {count} seconds on the median build. Method and raw data: {guideUrl}',
  'Known issue in {release}: the progress bar counts backwards on some terminals. A patch is on its way.',
  'How we test {feature} on four operating systems without losing our minds 🧵\n\n1/ Start from the log you would like to ' +
    'read.\n2/ Work backwards.',
  'Before: three pages and a diagram. After: one page and a command.\n\nThe new {guide} guide → {guideUrl}',
  'Writing docs: {tip} More of these in our style guide.',
  'Poll for the people who read changelogs: do you want {feature} to be on by default?',
  'Good first issues are tagged again: {count} of them, all with a failing test to start from. {releaseUrl}',
  '🛠️ Maintenance on Saturday: package downloads may be slow for {count} minutes around 06:00 UTC.',
  'A reader asked why {feature} needs a lock file. The answer became a page: {guideUrl}',
  'If you are still on the release before {release}, the upgrade takes one command and about {count} seconds.',
  'Screenshots age badly. Here is how we check every picture in “{guide}” in CI: {guideUrl}',
  'Heads-up for plugin authors: {release} deprecates the old hook. You have two releases to move.',
  'Small things we are proud of: error messages for {feature} now end with the command that fixes it.',
  'Meetup in {place}! Short talks on {feature} and on writing things down. Free, with stickers.',
  'Slides and subtitles from our {place} talk are up. Topic: {feature}, told with far too many octopuses 🐙',
  'The docs in {language} are complete. Every page, every picture, every error message. Thank you, translators!',
  'Looking for reviewers who speak {language}: {count} paragraphs, one evening, eternal gratitude.',
  '“It worked on my machine” is a bug report about {guide}. {guideUrl}',
  'Pairing session recording: we debug {feature} from an empty folder to a green build.',
  'Question of the week: how do you explain {feature} to a new teammate in one sentence?',
  'Release candidate: {release} RC 1. Please break it before Tuesday. {releaseUrl}',
  'The {place} mirror is back. Downloads there should be about {count}% faster than last week.',
  'We now lint our prose as well as our code. First finding: the word “simply”, {count} times.',
  'Docs debt, repaid: {guide} no longer tells you to edit a file that has not existed since {release}. {guideUrl}',
  'Accessibility pass on “{guide}”: headings in order, links that say where they go, diagrams with text. {guideUrl}',
  'Quick one: `larkspur doctor` now explains {feature} when it finds something odd.',
  'Benchmarks lie, so we publish ours with the script that made them. This week: {feature}. {guideUrl}',
  'Friday merge count: {count}. Friday revert count: 0. Have a good weekend 🌱',
  'We are hiring nobody and thanking everybody: {count} people edited the docs this month.',
  'Tip from support: {tip}',
  '{release} in one picture: what changed, what moved, what stayed. {releaseUrl}',
  'If {feature} surprises you, tell us. Surprises are bugs in the documentation.',
  'New screencast: {guide} in under {count} minutes, with captions in {language}.',
  'Reminder: security fixes land in the last two releases only. {release} is one of them.',
  'A diagram is worth a thousand stack traces. New in “{guide}”: {guideUrl}',
  'Which page did you open last? For {count} of you it was {guide}. We hear you; a shorter one is coming.',
];

/** Said once. The awkward ones are here on purpose: other scripts, joined emoji, markup, code, long lines. */
const singles: readonly string[] = [
  'Docs team photo day 👩‍👩‍👧‍👦👨🏽‍💻👩🏿‍🔬 and one rubber duck 🦆. Nobody looked at the camera, the duck did.',
  'Now in five more languages 🇯🇵 🇮🇳 🇧🇷 🇮🇱 🏴󠁧󠁢󠁳󠁣󠁴󠁿! Pick yours in the footer of any page.',
  'גרסה 4.2 של Larkspur יצאה: בנייה מהירה יותר והודעות שגיאה ברורות. https://larkspur.example/he/releases',
  'صدر الإصدار 4.2 من Larkspur مع توثيق كامل باللغة العربية. شكرًا لكل من ساهم! 🎉',
  'ドキュメントを全面的に書き直しました。はじめての方は「はじめに」からどうぞ。https://docs.larkspur.example/ja/start',
  'नए दस्तावेज़ अब हिंदी में भी उपलब्ध हैं। पढ़ें और बताएँ कि क्या समझ नहीं आया।',
  'Release checklist:\n\n✅ changelog read by a human\n✅ upgrade tried on an old laptop\n✅ docs searched for the old name\n⬜ nap',
  'Why does <details> & <summary> need no JavaScript? Because "boring" HTML already knew. ' +
    'https://docs.larkspur.example/html?from=queue&page=2#details',
  'In a shell, `$(larkspur which)` beats $(gear) magic. Also: $HOME, ${name} and %PATH% are three different dialects.',
  '**Bold claim**: our _changelog_ is [readable](https://larkspur.example/changelog). Markdown in a post stays as typed. #docs #writing',
  'Zalgo came to the unit tests: l̷a̴r̸k̶s̵p̷u̶r̸ still renders. Naïve café résumé coöperate: also fine.',
  'Every error message answers three questions: what happened, why it matters, and what to do next. We rewrote all ours ' +
    'that way; the longest went from ninety words to eleven words, and mail about it fell to nothing within one release. ' +
    'Short is kind. The whole story is in the guide.',
  '3️⃣ 2️⃣ 1️⃣ 🚀',
  'The quietest feature of the year: builds no longer print anything when nothing went wrong.',
  'Two spaces after a full stop.  One blank line between paragraphs.\n\n\nThree here, and we kept them, since your text is yours.',
  'Ship it ❤️‍🔥 — then write down how you shipped it 📝 — then ship that too.',
  'C:\\Users\\docs\\larkspur.toml and /etc/larkspur.toml now hold the same keys. Yes, “finally”.',
  'A tale of two caches 🗄️🗄️: one was warm, one was correct. Since this morning they are the same one.',
  'Thread-safe does not mean thread-friendly. Our notes on kind concurrency: ' +
    'https://docs.larkspur.example/concurrency/kind-defaults/with-a-rather-long-address-that-counts-as-less-on-some-networks',
  'Docs are a product; a changelog is a letter; an error message is a conversation.\n\n' +
    'For two years we wrote all three as if they were the same thing, and wondered why nobody read them. Last spring we split the work: ' +
    'one person owns the map, one the news, one the moments when something goes wrong. Same team, same hours, far fewer ' +
    'questions. What surprised us most is how much we deleted.',
  'We asked forty teams how they keep their documentation true. Nobody said “discipline”.\n\n' +
    'What they did say, in order of how often we heard it:\n\n' +
    '1. Examples are compiled. If a snippet stops building, the build stops, and whoever broke it fixes it while they ' +
    'still remember why.\n' +
    '2. Screenshots are taken by a script. A person never crops anything twice.\n' +
    '3. Each page has an owner, and the owner is a team. Pages owned by everybody are owned by the search engine.\n' +
    '4. Old versions stay readable, and say at the top that they are old.\n' +
    '5. The person on support may edit any page, right away, and is thanked for it.\n\n' +
    'None of this is new, and none of it is hard in a small project. It gets hard around page two hundred, when the map in ' +
    'your head no longer fits. ' +
    'So that is where we put the effort this year: tools that notice a page has drifted, before a reader does. The ' +
    'write-up has the scripts, the numbers, and the two ideas that failed: ' +
    'https://docs.larkspur.example/notes/keeping-documentation-true',
];

interface Words {
  readonly [name: string]: string;
}

const guides = (
  [
    ['Getting started', 'start'],
    ['Incremental builds', 'incremental'],
    ['Caching for teams', 'caching'],
    ['Your first plugin', 'plugins/first'],
    ['Upgrading without tears', 'upgrade'],
    ['Reading a trace', 'trace'],
    ['Monorepos', 'monorepos'],
    ['Working offline', 'offline'],
    ['Continuous integration', 'ci'],
    ['Configuration by example', 'configuration'],
    ['Troubleshooting', 'troubleshooting'],
    ['Signing releases', 'signing'],
    ['Writing error messages', 'errors'],
    ['Testing documentation', 'testing-docs'],
    ['Style guide', 'style'],
    ['Translating a page', 'translate'],
    ['Reproducible builds', 'reproducible'],
  ] as const
).map(([guide, path]): Words => ({ guide, guideUrl: `https://docs.larkspur.example/${path}` }));

const releases = [
  '4.0',
  '4.0.1',
  '4.1',
  '4.1.3',
  '4.2',
  '4.2.1',
  '4.3',
  '4.4',
  '4.4.2',
  '4.5',
  '4.6',
  '4.6.1',
  '4.7',
  '4.8',
  '4.9',
  '4.9.1',
  '5.0',
  '5.1',
  '5.2',
].map((version): Words => ({ release: `Larkspur ${version}`, releaseUrl: `https://larkspur.example/releases/${version}` }));

const words = (name: string, ...values: string[]) => values.map((value): Words => ({ [name]: value }));

const vocabulary: readonly (readonly Words[])[] = [
  guides,
  releases,
  words(
    'feature',
    'remote caching',
    'watch mode',
    'dependency pinning',
    'the new resolver',
    'parallel linking',
    'source maps',
    'lockfile repair',
    'workspace filters',
    'the trace viewer',
    'dry runs',
    'signed artefacts',
    'hot reload',
    'the plugin host',
    'test sharding',
    'partial clones',
    'build profiles',
    'the task graph',
    'log folding',
    'environment checks',
  ),
  words(
    'tip',
    'put the command first and the explanation after it.',
    'write the error message before the code that throws it.',
    'say what a page is for in its first sentence.',
    'link words, never “here”.',
    'one idea a paragraph; one action a step.',
    'show the output as well as the input.',
    'date your benchmarks.',
    'a heading is a promise; keep it short.',
    'name the thing the same way everywhere, even when it gets dull.',
    'test the install page on a machine you can throw away.',
    'if you need a warning box, try changing the product first.',
    'cut the sentence you like most.',
    'put the limits next to the feature, not in an appendix.',
    'let readers copy a whole block and have it work.',
    'write alt text as if you were on the phone.',
    'read it aloud; fix where you stumble.',
    'the second example should be the awkward one.',
    'keep the old link alive.',
  ),
  words(
    'place',
    'Lisbon',
    'Pune',
    'Osaka',
    'Montréal',
    'Kraków',
    'Nairobi',
    'Tel Aviv',
    'Amman',
    'Porto Alegre',
    'Tallinn',
    'Hobart',
    'Leipzig',
    'Oaxaca',
    'Ghent',
    'Busan',
    'Reykjavík',
    'Accra',
  ),
  words(
    'language',
    'Japanese',
    'Hebrew',
    'Arabic',
    'Hindi',
    'Portuguese',
    'Korean',
    'Polish',
    'Turkish',
    'Vietnamese',
    'Ukrainian',
    'Greek',
    'Swahili',
    'Catalan',
    'Welsh',
    'Tamil',
    'Basque',
    'Finnish',
  ),
  words('count', '12', '23', '31', '38', '42', '47', '54', '63', '71', '88', '96', '104', '117', '128', '140', '163', '201', '256', '312'),
];

/** How often a template can be filled before two of its texts could be the same. */
const rounds = Math.min(...vocabulary.map((list) => list.length));

/** Some eight hundred texts, no two alike, in an order that never changes. Another `voice` starts elsewhere. */
export function* phrases(voice: number): Generator<string> {
  for (let round = 0; round < rounds; round += 1) {
    for (let step = 0; step < templates.length; step += 1) {
      const index = (step + 7 * voice) % templates.length;
      yield filled(templates[index]!, round, index + voice);
      // Single texts come early on, between the others.
      const single = round === 0 && step % 2 === 1 ? singles[(step - 1) / 2] : undefined;
      if (single !== undefined) yield single;
    }
  }
}

function filled(template: string, round: number, offset: number): string {
  // Each list moves on once a round; different lists start at different words, so that pairs vary too.
  const chosen = Object.assign({}, ...vocabulary.map((list, at) => list[(round + offset * (at + 3)) % list.length])) as Words;
  return template.replace(/\{(\w+)\}/gu, (braces, name: string) => chosen[name] ?? braces);
}
