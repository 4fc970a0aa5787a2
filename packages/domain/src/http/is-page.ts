/** Whether a response can be read as a page; servers that say no type, or nonsense, mostly mean HTML. */
export const isPage = (contentType: string | undefined): boolean =>
  contentType === undefined ||
  !/^\s*[\w.+*-]+\//.test(contentType) ||
  /^\s*(?:text\/(?:html|plain|xml)|application\/(?:xhtml\+xml|xml))/i.test(contentType);
