// Before the tests of each file.
import { configureGlobal } from 'fast-check';
import { seed } from './seed.ts';

configureGlobal({ seed });
