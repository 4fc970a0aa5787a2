/** Types that say that none is known (WHATWG MIME Sniffing, 7). */
const UNKNOWN_TYPE = /^\s*(?:\*\/\*|(?:unknown|application)\/unknown)\s*(?:;|$)/i;

/** Whether a content type is one: servers that say none, or nonsense, mostly mean HTML. */
export const namesType = (contentType: string | undefined): contentType is string =>
  contentType !== undefined && /^\s*[\w.+*-]+\//.test(contentType) && !UNKNOWN_TYPE.test(contentType);

/** Whether a response can be read as a page. */
export const isPage = (contentType: string | undefined): boolean =>
  !namesType(contentType) ||
  /^\s*(?:text\/(?:html|plain|xml)|application\/(?:xhtml\+xml|xml))/i.test(contentType);
