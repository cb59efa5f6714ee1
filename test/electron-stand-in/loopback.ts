/** Whether an address is on this machine; a test reaches no other. */
export function isHere({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
}
