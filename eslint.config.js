import eslint from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Folders in the order in which they may call each other: each only those after it. */
const layers = ['extension', 'commands', 'composer', 'delivery', 'ideas', 'queue', 'account', 'time', 'buffer'];

/** Walls of a folder: `commands → (composer, queue, account) → buffer`, and nothing points back up. */
function wall(folder, forbidden, message) {
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': ['error', { patterns: forbidden.map((group) => ({ group: [group], message })) }],
    },
  };
}

const above = (folder) => layers.slice(0, layers.indexOf(folder)).flatMap((each) => [`**/${each}/*`, `**/${each}.ts`]);

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', '.vscode-test', 'test-results', 'test/harness/workspace'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.js'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A lookup that was just checked, and numbers in a sentence, are fine.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Characters are what networks count, not graphemes alone.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ from: 'lib', name: ['URL', 'URLSearchParams'] }] },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'it', 'describe'], package: 'node:test' }] },
      ],
      // Wants instances of the class itself where VS Code's types name one that it hands out as an interface.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    },
  },
  { files: ['**/*.js'], languageOptions: { globals: { console: 'readonly', process: 'readonly' } } },
  wall('buffer', ['vscode', ...above('buffer'), '**/settings.ts'], 'buffer/ knows nothing of VS Code and of what is built on it.'),
  wall('time', ['vscode', ...above('time')], 'time/ is about times only.'),
  wall('account', above('account'), 'account/ calls buffer/ only.'),
  wall('queue', [...above('queue'), '**/account/*'], 'queue/ calls buffer/ and time/ only.'),
  wall('ideas', [...above('ideas'), '**/queue/*', '**/account/*'], 'ideas/ calls buffer/ and time/ only.'),
  wall('delivery', [...above('delivery'), '**/ideas/*', '**/account/*'], 'delivery/ calls queue/, time/ and buffer/ only.'),
  wall('composer', above('composer'), 'composer/ is called by commands/, never the other way.'),
  ...[
    ['src/composer/app/*.ts', '^\\.\\./'],
    ['src/composer/app/view/*.ts', '^\\.\\./\\.\\./'],
  ].map(([files, out]) => ({
    files: [files],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `${out}(?!messages\\.ts$|\\.\\./buffer/(model|characterCount|networks|networkNeeds)\\.ts$)`,
              message: 'The page shares messages.ts, the counter and what networks need with the extension, and nothing else.',
            },
            { group: ['vscode', 'node:*'], message: 'The page runs in a browser.' },
          ],
        },
      ],
    },
  })),
  wall('commands', above('commands'), 'commands/ are called by extension.ts.'),
  {
    files: [
      'src/queue/queueStore.ts',
      'src/queue/queueModel.ts',
      'src/queue/queueMoves.ts',
      'src/queue/queueOrder.ts',
      'src/queue/queueNodes.ts',
      'src/queue/queueReader.ts',
      'src/queue/heldProfiles.ts',
      'src/queue/heldQueues.ts',
      'src/queue/sectionList.ts',
      'src/queue/lostAnswer.ts',
      'src/queue/memory.ts',
      'src/queue/networkLimits.ts',
      'src/queue/lastProfiles.ts',
      'src/queue/backgroundRefresh.ts',
      'src/queue/lastKnown.ts',
      'src/queue/sharedReads.ts',
      'src/queue/snapshot.ts',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'vscode', message: 'The store is tested without VS Code.' }],
          patterns: [{ group: [...above('queue'), '**/account/*'], message: 'queue/ calls buffer/ and time/ only.' }],
        },
      ],
    },
  },
  {
    // Only the composition root makes a client, and only the stores are handed one.
    files: ['src/{account,commands,composer,delivery,ideas,queue,time}/**/*.ts'],
    ignores: ['src/queue/queueStore.ts', 'src/ideas/ideaStore.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportDeclaration[source.value=/buffer\\u002f(restV1|restV1Wire|graphql\\w*|http|bufferApi)\\.ts$/]',
          message: 'Only queueStore.ts and ideaStore.ts talk to the service.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    // Tests look at raw JSON as it came.
    rules: {
      'no-empty-pattern': 'off',
      ...Object.fromEntries(
        [
          'no-unsafe-assignment',
          'no-unsafe-member-access',
          'no-unsafe-call',
          'no-unsafe-argument',
          'no-unsafe-return',
          'require-await',
        ].map((rule) => [`@typescript-eslint/${rule}`, 'off']),
      ),
    },
  },
);
