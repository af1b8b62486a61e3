// The walls of the house: which folder may know which. A file is inside its wall by where it stands.
//
//   extension → commands → (account, sidebar, documents, composer, preview, calendar, figures, postFiles) → ui → core
//   in core: postFiles → preview → delivery, drafts → queue, figures, ideas, templates → buffer/{restV1,graphql} → files → buffer/transport, networks, fetch → buffer (the model), time → collections, async
//
// `npm run lint` checks it; docs/architecture.md says why.

/** Modules that stand in `src/core`, from the top. Each may know those of the rows below it, and of its own folder. */
const coreLayers = [
  ['postFiles'],
  ['preview'],
  ['delivery', 'drafts'],
  ['queue', 'figures', 'ideas', 'templates'],
  ['buffer/restV1', 'buffer/graphql', 'git'],
  ['files'],
  ['buffer/transport', 'networks', 'fetch'],
  ['buffer', 'time'],
  ['collections', 'async'],
];
const facesOf = ['account', 'sidebar', 'documents', 'composer', 'preview', 'calendar', 'figures', 'postFiles'];

/** The files of a folder of core; those of `buffer` are the ones that stand in it directly: the model and the interface. */
const inCore = (name) => (name === 'buffer' ? '^src/core/buffer/[^/]+$' : `^src/core/${name}/`);

/** What runs in a browser too. */
const openToPages =
  'core/(networks|figures/(rows|sums|times)\\.ts$|collections/groupBy\\.ts$|preview|async/lazily\\.ts$|drafts/(draft|typedNumbers)\\.ts$|templates/placeholders\\.ts$|time/(wallClock|zonedDays)\\.ts$|buffer/(model|networkDetails|picture)\\.ts$|buffer/transport/serviceUrl\\.ts$)';

const wall = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const coreWalls = coreLayers.flatMap((layer, depth) =>
  layer.map((name) => {
    const below = coreLayers.slice(depth + 1).flat();
    const open = [name, ...below].map(inCore);
    // Whoever speaks to a service is handed a BufferApi by the composition root.
    const allowed = depth < 4 ? open.filter((each) => !['buffer/restV1', 'buffer/graphql'].map(inCore).includes(each)) : open;
    return wall(
      `core/${name}`,
      { path: inCore(name) },
      { path: '^src/', pathNot: allowed },
      `core/${name} knows ${below.join(', ') || 'nothing else'}.`,
    );
  }),
);

export default {
  forbidden: [
    wall('no-circle', {}, { circular: true }, 'Two files that need each other are one, or miss a third.'),
    wall(
      'no-orphan',
      {
        path: '^src/',
        pathNot: ['^src/extension\\.ts$', '^src/cli/main\\.ts$', '^src/[a-z]+/page/main\\.ts$', '\\.d\\.ts$'],
        orphan: true,
      },
      {},
      'Nobody uses it.',
    ),
    wall(
      'core-without-vscode',
      { path: '^src/core/' },
      { path: '^(src/(?!core/)|vscode$)' },
      'core/ runs without VS Code: in a command line, in tests.',
    ),
    ...coreWalls,
    wall('ui', { path: '^src/ui/' }, { path: '^src/(?!ui/|core/)' }, 'ui/ is what all faces share.'),
    ...facesOf.map((face) =>
      wall(
        face,
        { path: `^src/${face}/` },
        // Only its page may know page/: see host.
        { path: `^src/(?!${face}/|ui/|core/|page/)` },
        'Faces do not know each other: what two need stands in ui/, page/ or core/.',
      ),
    ),
    wall('cli', { path: '^src/cli/' }, { path: '^(src/(?!cli/|core/)|vscode$)' }, 'The command line has no VS Code.'),
    wall('commands', { path: '^src/commands/' }, { path: '^src/extension\\.ts$' }, 'commands/ are called by extension.ts.'),
    wall(
      'page',
      { path: '^src/([a-z]+)/page/' },
      {
        path: `^(src/(?!page/|$1/page/|$1/messages\\.ts$|${openToPages})|vscode$)`,
      },
      'A page runs in a browser. It shares its messages, the draft, placeholders, the counter and what networks need with the extension.',
    ),
    wall(
      'shared-by-pages',
      { path: '^src/page/' },
      { path: `^(src/(?!page/|${openToPages})|vscode$)` },
      'What pages share belongs to none of them.',
    ),
    wall(
      'page-in-browser',
      { path: '^src/(?:page|[a-z]+/page)/' },
      { dependencyTypes: ['core'] },
      'The page runs in a browser, which has no modules of Node.',
    ),
    wall(
      'host',
      { path: '^src/(?!page/|[a-z]+/page/)' },
      { path: '^src/(?:page|[a-z]+/page)/' },
      'The two sides of a page share messages.ts alone.',
    ),
    wall(
      'services-are-handed-in',
      {
        path: '^src/',
        pathNot: [
          '^src/core/buffer/',
          '^src/core/(queue/queueStore|ideas/ideaStore|templates/templateStore)\\.ts$',
          '^src/account/connections\\.ts$',
          '^src/cli/connect\\.ts$',
        ],
      },
      { path: '^src/core/buffer/((restV1|graphql)/|bufferApi\\.ts$|transport/http\\.ts$)', dependencyTypesNot: ['type-only'] },
      'Only the stores talk to the service, and only the composition root makes a client.',
    ),
    wall('no-tests-in-src', { path: '^src/' }, { path: '^test/' }, 'What ships does not know its tests.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.d.ts'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
