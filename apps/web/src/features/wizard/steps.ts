/** The steps of the wizard in their order. */
export const STEPS = ['Campaign', 'Names', 'Phases', 'Review'] as const;

/** Where each stands in them. */
export const STEP = { campaign: 0, names: 1, phases: 2, review: 3 } as const;
