type Read = { readonly fingerprints: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** What a person gave as a set of fingerprints: an object, or why it is none. */
export function readFingerprints(text: string): Read {
  if (text.trim() === '') return { problem: 'Choose a file, or paste its content.' };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'An object of technologies by name is needed.' };
  return { fingerprints: value as Readonly<Record<string, unknown>> };
}
