import * as l10n from '@vscode/l10n';
import { render } from 'lit-html';
import { announcer } from './announcer.ts';
import { control } from './controller.ts';
import { setLanguage } from './format.ts';
import { listen } from './listen.ts';
import { composer } from './view/composer.ts';
import './view/chipRow.ts';
import { loadLaterViews } from './view/later.ts';

const { strings } = document.body.dataset;
setLanguage(document.documentElement.lang);
if (strings) l10n.config({ contents: strings });

const app = document.getElementById('app')!;
const act = control(announcer(), (page, act) => render(composer(page, act), app));
listen(act);
void loadLaterViews().then(() => act.change((page) => ({ ...page })));
