// What the bundles leave out of the libraries that they hold.
import { createRequire } from 'node:module';

const library = createRequire(import.meta.url).resolve('twitter-text/package.json').replace(/package\.json$/, 'dist/esm/');

/**
 * twitter-text as far as it is used: its entry is one object of everything it can do, of which nothing falls away by
 * itself. It also brings along core-js, for what every engine that VS Code runs on has had for years.
 */
export const slimTwitterText = {
  name: 'slim-twitter-text',
  setup(build) {
    build.onResolve({ filter: /^twitter-text$/ }, () => ({ path: 'twitter-text', namespace: 'slim' }));
    build.onLoad({ filter: /.*/, namespace: 'slim' }, () => ({
      contents: `import parseTweet from './parseTweet.js';
import extractUrlsWithIndices from './extractUrlsWithIndices.js';
export default { parseTweet, extractUrlsWithIndices };`,
      resolveDir: library,
    }));
    build.onResolve({ filter: /^core-js\// }, () => ({ path: 'core-js', namespace: 'empty', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};
