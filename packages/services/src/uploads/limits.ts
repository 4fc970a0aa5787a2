export interface UploadLimits {
  /** Bytes of the file. */
  readonly maxBytes: number;
  /** Names in one file, and in the campaign after it. */
  readonly maxNames: number;
  /** A sender that is silent for longer has gone. */
  readonly idleTimeoutMs: number;
}

export const DEFAULT_UPLOAD_LIMITS: UploadLimits = {
  maxBytes: 1_073_741_824,
  maxNames: 10_000_000,
  idleTimeoutMs: 60_000,
};
