import type { ToolServerTrouble } from '../../api/mcp-views.ts';

/** Ends a connection with a server of tools, and says why in terms of the person. */
export class ServerFault extends Error {
  readonly trouble: ToolServerTrouble;

  constructor(kind: ToolServerTrouble['kind'], detail = '', options?: ErrorOptions) {
    super(kind, options);
    this.name = 'ServerFault';
    this.trouble = { kind, detail: detail.slice(0, 500) };
  }
}

/** The fault that an error is or was caused by. */
export function faultInside(error: unknown): ServerFault | null {
  let each: unknown = error;
  for (let depth = 0; depth < 10 && each instanceof Error; depth += 1) {
    if (each instanceof ServerFault) return each;
    each = each.cause;
  }
  return null;
}
