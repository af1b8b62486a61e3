// `npm run check:live`: asks the live service what docs/live-service.md says of it, for whoever has a key.
//   BUFFER_API_KEY=…  npm run check:live -- [--channel=ID] [--picture=URL]
// Without --channel it only reads. With it, one draft is made there, edited, scheduled far ahead, moved back and
// deleted; nothing is ever published.
import { parseArgs } from 'node:util';
import { Cleanup } from '../harness/cleanup.ts';
import { reasonOf } from './attempt.ts';
import { checkLive } from './run.ts';
import { serviceFrom, without } from './settings.ts';
import { channelList, tableOf } from './table.ts';

const stop = new AbortController();

try {
  const { values } = parseArgs({ options: { channel: { type: 'string' }, picture: { type: 'string' } } });
  const { url, key } = serviceFrom(process.env);
  const running = checkLive({ url, key, ...values, signal: stop.signal });
  // Interrupted, it asks nothing more, deletes its draft and shows what it has.
  const shown = running.then((report) => {
    console.log(tableOf(report, key));
    // Beside the table, which is for everybody.
    if (values.channel === undefined) console.error(`\n${channelList(report, key)}`);
    if (report.leftBehind) process.exitCode = 1;
  });
  new Cleanup().add(() => {
    stop.abort();
    return shown.catch(() => undefined);
  });
  await shown;
} catch (error) {
  console.error(without(process.env['BUFFER_API_KEY']?.trim(), `Nothing was found out: ${reasonOf(error)}`));
  process.exitCode = 1;
}
