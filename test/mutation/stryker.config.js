// `npm run mutation`: changes the code where being wrong costs most, one place at a time, and runs the tests that reach it.
// A change that no test notices is a test that is missing.
//
//   npm run mutation                               all of it: hours
//   npm run mutation -- --mutate 'src/core/time/*' one folder, or one file: minutes
export default {
  testRunner: 'vitest',
  // Which tests reach a change is told by the first run, not by what they import: much is imported where it is needed.
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  mutate: ['src/core/{delivery,buffer,time}/**/*.ts', '!**/*.d.ts'],
  // What is said to people is held by other means.
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  // All the tests once, one after the other.
  dryRunTimeoutMinutes: 30,
  reporters: ['clear-text', 'progress', 'json', 'html'],
  jsonReporter: { fileName: 'test-results/mutation/report.json' },
  htmlReporter: { fileName: 'test-results/mutation/report.html' },
  tempDirName: 'out/mutation',
  ignorePatterns: ['dist', 'out', 'test-results', 'media', 'l10n', '*.vsix'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
};
