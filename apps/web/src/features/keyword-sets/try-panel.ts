/** Id of the panel in which rules are tried: long sets have a way to it. */
export const TRY_PANEL = 'try-keywords';
