/** Lies over the page below whatever has to be answered first. */
export const SCRIM = 'fixed inset-0 z-40 bg-scrim animate-fade-in';
