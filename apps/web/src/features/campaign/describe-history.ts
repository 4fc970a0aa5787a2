import { readableKey } from '@domainflow/ui/blocks/readable-key.ts';

const ACTIONS: Readonly<Record<string, string>> = {
  'campaigns.create': 'Created',
  'campaigns.update': 'Edited',
  'campaigns.delete': 'Deleted',
  'campaigns.start': 'Started',
  'campaigns.startPhase': 'Phase started',
  'campaigns.configurePhase': 'Phase configured',
  'campaigns.pause': 'Paused',
  'campaigns.resume': 'Resumed',
  'campaigns.cancel': 'Cancelled',
  'campaigns.retry': 'Retried',
  'campaigns.upload': 'List uploaded',
  'campaigns.results': 'Exported',
};

/** `campaigns.configurePhase` as a person reads it. */
export function describeAction(action: string): string {
  const known = ACTIONS[action];
  if (known !== undefined) return known;
  const words = readableKey(action.split('.').at(-1) ?? action);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/** What the entry itself says already, or what only programs need. */
const UNSAID = new Set(['status', 'version']);

/** The details of an entry in a line; what is null says nothing. */
export function describeDetails(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([key, value]) => value !== null && value !== undefined && !UNSAID.has(key))
    .map(([key, value]) => `${readableKey(key)}: ${describeValue(value)}`)
    .join(' · ');
}
