import { render } from 'lit-html';
import { announcer } from '../../page/announcer.ts';
import { startPage } from '../../page/start.ts';
import { control } from './controller.ts';
import { listenToKeys } from './keys.ts';
import { listenToMouse } from './mouse.ts';
import { calendar } from './view/calendar.ts';

const app = startPage();
const act = control(announcer(), app, (state, act) => render(calendar(state, act), app));
listenToKeys(app, act);
listenToMouse(app, act);
