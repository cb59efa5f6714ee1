/**
 * An open WebSocket to the `/rpc` of a node, or `null` if it is refused or nobody answers in time.
 * @param address `http://127.0.0.1:6777`
 * @param headers what lets the caller in
 */
export function openNodeSocket(
  address: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<WebSocket | null> {
  // Node's WebSocket takes headers where a browser's takes protocols; the types know the browser's alone.
  const options = { headers } as unknown as string[];
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/rpc`, options);
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.close(), timeoutMs);
    const settle = (opened: WebSocket | null): void => {
      clearTimeout(timer);
      resolve(opened);
    };
    socket.addEventListener('open', () => settle(socket), { once: true });
    socket.addEventListener('close', () => settle(null), { once: true });
    socket.addEventListener('error', () => settle(null), { once: true });
  });
}
