// The tests' end of the socket to the driver in a window, which is in `window/driver.ts`.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { timeoutFactor } from './timeoutFactor.ts';
import type { Answer, Request } from './window/driver.ts';

/** Speaks to the driver of the one window that is open. */
export class WindowDriver {
  readonly #server: Server;
  readonly #windows = new Set<Socket>();
  readonly #asked = new Map<number, (answer: Answer) => void>();
  #last = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#windows.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#windows.delete(socket));
      createInterface(socket).on('line', (line) => {
        const answer = JSON.parse(line) as Answer;
        this.#asked.get(answer.id)?.(answer);
      });
    });
  }

  static async listen(): Promise<WindowDriver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WindowDriver(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @throws Error where it is not the one window that is open, or does not do it within ten seconds */
  async ask(action: Request['action'], value?: string): Promise<void> {
    const [window, ...others] = this.#windows;
    if (!window || others.length > 0) throw new Error(`${this.#windows.size} windows are open.`);
    const id = ++this.#last;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const late = setTimeout(() => resolve({ id, error: 'No answer.' }), 10_000 * timeoutFactor);
    this.#asked.set(id, resolve);
    window.write(`${JSON.stringify({ id, action, value } satisfies Request)}\n`);
    const { error } = await promise;
    clearTimeout(late);
    this.#asked.delete(id);
    if (error) throw new Error(error);
  }

  close(): void {
    for (const each of this.#windows) each.destroy();
    this.#server.close();
  }
}
