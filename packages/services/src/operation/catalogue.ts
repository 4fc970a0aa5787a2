import { authOperations } from '../accounts/operations.ts';
import { campaignOperations } from '../campaigns/operations.ts';
import { keywordSetOperations } from '../keyword-sets/operations.ts';
import { erasureOperations, leadJobOperations, leadOperations } from '../leads/operations.ts';
import { personaOperations } from '../personas/operations.ts';
import { proxyOperations } from '../proxies/operations.ts';
import { proxyPoolOperations } from '../proxy-pools/operations.ts';
import { resolverOperations } from '../resolvers/operations.ts';
import { scoreProfileOperations } from '../score-profiles/operations.ts';
import { suppressionOperations } from '../suppressions/operations.ts';
import { systemOperations } from '../system/operations.ts';
import { technologyOperations } from '../technologies/operations.ts';
import { userOperations } from '../users/operations.ts';
import { wordListOperations } from '../word-lists/operations.ts';
import type { AnyOperation } from './operation.ts';

/** Every operation of the platform, by entity. tRPC, REST and the OpenAPI document are made from it. */
export const catalogue = {
  auth: authOperations,
  campaigns: campaignOperations,
  keywordSets: keywordSetOperations,
  erasures: erasureOperations,
  leads: leadOperations,
  leadJobs: leadJobOperations,
  personas: personaOperations,
  proxies: proxyOperations,
  proxyPools: proxyPoolOperations,
  resolvers: resolverOperations,
  scoreProfiles: scoreProfileOperations,
  suppressions: suppressionOperations,
  system: systemOperations,
  technologies: technologyOperations,
  users: userOperations,
  wordLists: wordListOperations,
};

export type Catalogue = typeof catalogue;

/** All operations in one list. */
export const allOperations: readonly AnyOperation[] = Object.values(catalogue).flatMap(
  (entity: Readonly<Record<string, AnyOperation>>) => Object.values(entity),
);
