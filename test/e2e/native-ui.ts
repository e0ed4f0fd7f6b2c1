import { createServer } from 'node:net';

/**
 * Chromium's own interface (permission prompts, shortcuts), driven through its UI DevTools. That is
 * a debugging feature of Chromium, met in this file alone.
 */
export interface NativeUi {
  answerPermissionPrompt(allow: boolean): Promise<void>;
  /** Presses a shortcut of the browser or an extension. CDP's own keys never reach those. */
  pressKey(keyCode: number, modifiers: { alt?: boolean; shift?: boolean }): Promise<void>;
  close(): void;
}

interface UiNode {
  id: number;
  kind: string;
  name: string;
  path: string;
}

interface RawNode {
  nodeId: number;
  nodeName: string;
  attributes?: string[];
  children?: RawNode[];
}

export function nativeUiArgs(port: number): string[] {
  return [
    `--enable-ui-devtools=${port}`,
    '--enable-features=ui-debug-tools-enable-synthetic-events',
  ];
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export async function connectNativeUi(port: number): Promise<NativeUi> {
  // The name, not the number: Chromium closes connections to any other host.
  const socket = new WebSocket(`ws://localhost:${port}/0`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('no UI DevTools')));
  });
  const send = commandsOver(socket);
  await send('DOM.enable', {});

  const nodes = async (): Promise<UiNode[]> => {
    const { root } = (await send('DOM.getDocument', {})) as { root: RawNode };
    return flatten(root, '');
  };
  const find = async <Found>(choose: (all: UiNode[]) => Found | undefined): Promise<Found> => {
    for (const end = Date.now() + 10_000; ;) {
      const found = choose(await nodes());
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error("Chromium's interface does not show it");
      await pause(50);
    }
  };

  return {
    async answerPermissionPrompt(allow) {
      const isButton = ({ name, path }: UiNode): boolean =>
        name === 'MdTextButton' && path.includes('ExtensionInstallDialogView');
      const [deny, accept] = await find((all) => {
        const buttons = all.filter(isButton);
        return buttons.length === 2 ? buttons : undefined;
      });
      const button = allow ? accept : deny;
      if (!button) throw new Error('the prompt lost its buttons');
      // The prompt ignores clicks for half a second after it appears, against click-jacking.
      await pause(600);
      for (const type of ['mousePressed', 'mouseReleased']) {
        const event = { type, x: 10, y: 10, button: 'left', wheelDirection: 'none' };
        await send('DOM.dispatchMouseEvent', { nodeId: button.id, event });
      }
    },

    async pressKey(keyCode, { alt = false, shift = false }) {
      const window = await find((all) =>
        all.find(({ kind, name }) => kind === 'Window' && name === 'BrowserWidget'),
      );
      const flags = (shift ? 2 : 0) + (alt ? 8 : 0);
      for (const type of ['keyPressed', 'keyReleased']) {
        const event = { type, keyCode, code: 0, flags, key: 0, isChar: false };
        await send('DOM.dispatchKeyEvent', { nodeId: window.id, event });
      }
    },

    close: () => socket.close(),
  };
}

function commandsOver(socket: WebSocket) {
  const waiting = new Map<
    number,
    (answer: { result?: unknown; error?: { message: string } }) => void
  >();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data));
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let id = 0;
  return (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(error.message)) : resolve(result),
      );
      socket.send(JSON.stringify({ id, method, params }));
    });
}

function flatten(node: RawNode, path: string): UiNode[] {
  const name = node.attributes?.[1] ?? '';
  const own = { id: node.nodeId, kind: node.nodeName, name, path };
  return [own, ...(node.children ?? []).flatMap((child) => flatten(child, `${path}/${name}`))];
}

function pause(timeoutMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeoutMs));
}
