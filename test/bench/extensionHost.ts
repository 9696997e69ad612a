import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Runtime } from 'node:inspector';
import { waitFor } from '../support/waitFor';

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly scriptId?: string; readonly url?: string };
  readonly result?: unknown;
  readonly error?: unknown;
}

/** The extension host of a profile: the process whose environment or arguments name it. */
export function extensionHostOf(profile: string): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=extensionHost') &&
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(profile)
        );
      } catch {
        return false;
      }
    });
}

/** Files that the process holds open and whose path has this text. */
export function openFiles(pid: number, part: string): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`)
    .map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return '';
      }
    })
    .filter((file) => file.includes(part));
}

/** Where each timer was made that is set now in a Node process and runs a function of a script whose path has this text. */
export async function timersOf(pid: number, part: string): Promise<readonly string[]> {
  process.kill(pid, 'SIGUSR1'); // opens the inspector
  const address = await waitFor('the inspector', () =>
    fetch('http://127.0.0.1:9229/json/list').then(
      async (response) => {
        const [target]: readonly { readonly webSocketDebuggerUrl?: string }[] = JSON.parse(await response.text());
        return target?.webSocketDebuggerUrl;
      },
      () => undefined,
    ),
  );
  const inspector = await Inspector.open(address);
  try {
    await inspector.ask('Debugger.enable');
    const { result: prototype } = await inspector.ask<Runtime.EvaluateReturnType>('Runtime.evaluate', {
      expression: '(() => { const timer = setTimeout(() => {}, 0); clearTimeout(timer); return Object.getPrototypeOf(timer); })()',
    });
    const { objects } = await inspector.ask<Runtime.QueryObjectsReturnType>('Runtime.queryObjects', {
      prototypeObjectId: prototype.objectId,
    });
    const { result: set } = await inspector.ask<Runtime.CallFunctionOnReturnType>('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration:
        'function () { return this.filter((timer) => !timer._destroyed && timer._idleNext).map((timer) => timer._onTimeout).filter((run) => typeof run === "function"); }',
    });
    const { result: functions } = await inspector.ask<Runtime.GetPropertiesReturnType>('Runtime.getProperties', {
      objectId: set.objectId,
      ownProperties: true,
    });
    const places: string[] = [];
    for (const { value } of functions) {
      if (value?.type !== 'function') continue;
      const { internalProperties = [] } = await inspector.ask<Runtime.GetPropertiesReturnType>('Runtime.getProperties', {
        objectId: value.objectId,
        ownProperties: true,
      });
      const location = internalProperties.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
      const script = inspector.scripts.get(location?.scriptId) ?? '';
      if (script.includes(part)) places.push(`${script}:${location.lineNumber}:${location.columnNumber}`);
    }
    return places;
  } finally {
    inspector.close();
  }
}

class Inspector {
  readonly scripts = new Map<string | undefined, string>();
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  static async open(address: string): Promise<Inspector> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', reject, { once: true });
    });
    return new Inspector(socket);
  }

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      const answer: Answer = JSON.parse(String(data));
      if (answer.method === 'Debugger.scriptParsed' && answer.params) this.scripts.set(answer.params.scriptId, answer.params.url ?? '');
      if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
    });
  }

  /** `T`: what the protocol says this method answers. */
  async ask<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.last;
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.error) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.result as T;
  }

  close(): void {
    this.socket.close();
  }
}
