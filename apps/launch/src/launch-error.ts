/** A reason why the stack cannot run, in words for the operator: what is wrong and what to do. Shown without a stack. */
export class LaunchError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LaunchError';
  }
}
