import { startPage } from '../../page/start.ts';

// What counts a link as X does is a file of its own, which only what is loaded from here may name.
const app = startPage();
void import('./control.ts').then(({ control }) => control(app));
