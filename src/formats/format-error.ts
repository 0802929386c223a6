/** A file that is not what its format asks for; the message says where. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}
