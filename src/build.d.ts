/** Set by `esbuild.js`: true only in the build that `npm start` and the tests use. */
declare const SANDBOX_BUILD: boolean;
