/** What is needed of the headers of a part (RFC 7578, section 4.2). */
export interface PartHeader {
  readonly name: string;
  /** Null for fields that are no file. */
  readonly filename: string | null;
}

/** The boundary that a `Content-Type` names; null where it is not multipart/form-data with a boundary (RFC 2046, 5.1.1). */
export function boundaryOf(contentType: string | null): string | null {
  if (contentType === null || !/^multipart\/form-data\s*(;|$)/i.test(contentType)) return null;
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2] ?? '';
  return /^[\x20-\x7e]{1,70}$/.test(boundary) ? boundary : null;
}

/** `\"` and `\\` as some clients write them, `%22` as browsers do. Other backslashes are of Windows paths. */
const unquote = (text: string): string => text.replaceAll(/\\(["\\])/g, '$1').replaceAll(/%22/g, '"');

function extendedValue(text: string | undefined): string | null {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(text ?? '')?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** Reads the headers of a part; null where they do not name a form field. */
export function parsePartHeader(block: string): PartHeader | null {
  const line = block
    .split('\r\n')
    .map((each) => /^content-disposition:\s*form-data\s*(;.*)$/is.exec(each)?.[1])
    .find((each) => each !== undefined);
  if (line === undefined) return null;
  const parameters = new Map<string, string>();
  for (const match of line.matchAll(/;\s*([a-z*]+)=(?:"((?:\\["\\]|[^"])*)"|([^\s;"]*))/gi)) {
    const key = (match[1] ?? '').toLowerCase();
    if (!parameters.has(key)) {
      parameters.set(key, match[2] === undefined ? (match[3] ?? '') : unquote(match[2]));
    }
  }
  const name = parameters.get('name');
  if (name === undefined) return null;
  return { name, filename: extendedValue(parameters.get('filename*')) ?? parameters.get('filename') ?? null };
}
