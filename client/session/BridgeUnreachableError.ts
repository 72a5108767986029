/** No answer from the bridge: it is down, or the way to it is. Told apart from a refusal, since trying again can help. */
export class BridgeUnreachableError extends Error {
  constructor(options: { readonly cause?: unknown }) {
    super('The bridge cannot be reached.', options);
    this.name = 'BridgeUnreachableError';
  }
}
