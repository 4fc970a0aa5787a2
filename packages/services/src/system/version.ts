/** The version of the API and of everything released with it. */
export const VERSION = '0.1.0';
