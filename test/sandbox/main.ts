import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, 'control-port': { type: 'string' } } });
const sandbox = await startSandbox({
  port: Number(values.port ?? 0),
  controlPort: Number(values['control-port'] ?? 0),
});

console.log(`A Buffer to play with. Ctrl+C ends it.

  API       ${sandbox.url}
  Token     ${sandbox.token}
  GraphQL   ${sandbox.graphqlUrl}
  API key   ${sandbox.graphqlToken}
  Controls  ${sandbox.controlUrl}
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}
