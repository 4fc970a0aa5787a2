/** Octets that are not a DNS message, or a name that cannot be one. Nothing else is thrown by the wire format. */
export class WireError extends Error {
  override readonly name = 'WireError';
}
