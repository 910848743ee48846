/** Takes away from a page or worker everything that could reach the network, and gives it back. */

/** Each would open a connection of its own; some pass the service worker by. */
const MAKERS = [
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
] as const;

export interface CutOptions {
  /** True for an address that is answered without the network: fetching it goes on. */
  passes(url: string, method: string): boolean;
  onRefused(url: string): void;
}

/** The scope of a page or worker, as far as this takes it apart. */
export interface Cuttable {
  fetch: typeof fetch;
  readonly navigator: { sendBeacon?: unknown };
}

/** What the cut of a scope says to code that tries all the same. */
export const CUT = 'The network is cut for the time of the proof.';

/** By this header a refusal of the service worker is told from a server that does not answer. */
export const CUT_HEADER = 'Carrel-Cut';

/** @returns gives everything back */
export function cutNetwork(scope: Cuttable, { passes, onRefused }: CutOptions): () => void {
  const undo: (() => void)[] = [];
  const replace = (owner: object, name: string, stand: unknown): void => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { value: stand, configurable: true, writable: true });
    undo.push(() => {
      if (own) Object.defineProperty(owner, name, own);
      else Reflect.deleteProperty(owner, name);
    });
  };
  const refuse = (address: unknown): never => {
    onRefused(addressOf(address));
    throw new TypeError(CUT);
  };
  const { fetch } = scope;
  replace(scope, 'fetch', async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    return passes(addressOf(input), method) ? fetch.call(scope, input, init) : refuse(input);
  });
  for (const name of MAKERS) {
    if (!(name in scope)) continue;
    // Not an arrow: it is called with `new`.
    replace(scope, name, function (address: unknown): never {
      return refuse(address ?? name);
    });
  }
  if ('sendBeacon' in scope.navigator) {
    replace(scope.navigator, 'sendBeacon', (address: unknown) => {
      onRefused(addressOf(address));
      return false;
    });
  }
  return () => undo.reverse().forEach((back) => back());
}

function addressOf(input: unknown): string {
  return input instanceof Request ? input.url : String(input);
}
