/** An HTTP request that is refused for a reason of HTTP: access, form, size, rate. */
export class HttpRefusal extends Error {
  readonly status: number;
  /** The field that is at fault, and what OpenAI calls such a fault. */
  readonly param: string | null;
  readonly code: string | null;

  constructor(status: number, message: string, details: { readonly param?: string; readonly code?: string } = {}) {
    super(message);
    this.name = 'HttpRefusal';
    this.status = status;
    this.param = details.param ?? null;
    this.code = details.code ?? null;
  }
}
