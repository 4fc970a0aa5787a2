import { invalidInput } from '@domainflow/domain/errors.ts';
import { proxyPoolSchema } from '@domainflow/domain/http/proxy-pool.ts';
import { proxyIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { nameFields } from '../rows/unique-name.ts';

const { rotation, ejectAfterFailures, pauseMs, maxPauseMs, targetBy } = proxyPoolSchema.shape;

/** The fields of a pool as people give them, without defaults. */
export const poolFields = {
  ...nameFields,
  rotation: rotation.unwrap(),
  ejectAfterFailures: ejectAfterFailures.unwrap(),
  pauseMs: pauseMs.unwrap(),
  maxPauseMs: maxPauseMs.unwrap(),
  targetBy: targetBy.unwrap(),
  proxyIds: z.array(proxyIdSchema).min(1, 'A pool needs a proxy').max(1_000),
};

export const poolDefaults = {
  description: poolFields.description.default(''),
  rotation,
  ejectAfterFailures,
  pauseMs,
  maxPauseMs,
  targetBy,
};

/** Refuses pauses that would shrink. */
export function checkPauses({
  pauseMs: first,
  maxPauseMs: last,
}: {
  pauseMs: number;
  maxPauseMs: number;
}): void {
  if (last < first) throw invalidInput('The longest pause must not be shorter than the first.', 'maxPauseMs');
}
