import { render } from 'lit-html';
import { announcer } from '../../page/announcer.ts';
import { control } from './controller.ts';
import { followCursor } from './cursor.ts';
import { startPage } from '../../page/start.ts';
import { listen } from './listen.ts';
import { composer } from './view/composer.ts';
import './view/chipRow.ts';
import { loadLaterViews } from './view/later.ts';

const app = startPage();
const act = control(announcer(), (page, act) => render(composer(page, act), app));
listen(act);
followCursor(
  () => act.page(),
  (cursor) => act.tell(cursor),
);
void loadLaterViews().then(() => act.change((page) => ({ ...page })));
