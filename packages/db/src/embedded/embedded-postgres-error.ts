/** Why an embedded server could not be started. Each has a message that says what the operator can do. */
export type EmbeddedPostgresErrorCode =
  | 'UNSUPPORTED_PLATFORM'
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FOLDER_NOT_WRITABLE'
  | 'DATA_FOLDER_UNUSABLE'
  | 'PASSWORD_MISSING'
  | 'PORT_TAKEN'
  | 'DISK_FULL'
  | 'START_FAILED';

/** Why the embedded server cannot be used; the message says to people what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}

/** Makes the error for a failed server or initdb run from what it wrote. */
export function explainServerOutput(output: string, what: string, folder: string): EmbeddedPostgresError {
  const tail = output.trim().split('\n').slice(-12).join('\n');
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return new EmbeddedPostgresError(
      'DISK_FULL',
      `The disk that holds ${folder} is full. Free some space, or choose another folder with DOMAINFLOW_DATA_DIR, and start again.`,
    );
  }
  if (/could not bind IPv4 address|address already in use/i.test(output)) {
    return new EmbeddedPostgresError(
      'PORT_TAKEN',
      'The port chosen for the embedded PostgreSQL is taken by another program. Choose another port or leave it out.',
    );
  }
  if (/incompatible with server|initialized by PostgreSQL version/i.test(output)) {
    return new EmbeddedPostgresError(
      'DATA_FOLDER_UNUSABLE',
      `${folder} was written by another version of PostgreSQL. Restore a backup into a new folder, or start the version that wrote it.`,
    );
  }
  return new EmbeddedPostgresError('START_FAILED', `${what} failed:\n${tail}`);
}
