/** The node is there but does not know this page: it was not opened by Nunba, or its session has ended. */
export class NoSessionError extends Error {
  constructor() {
    super('no session');
    this.name = 'NoSessionError';
  }
}
