import { health, live, ready } from './health.ts';

export const systemOperations = { health, ready, live };
