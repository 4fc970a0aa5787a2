/** Columns that an export of leads knows, in the order that they have in the file unless another is asked for. */
export const LEAD_EXPORT_COLUMNS = [
  'domain',
  'url',
  'title',
  'organisation',
  'score',
  'state',
  'tags',
  'notes',
  'emails',
  'phones',
  'social',
  'keywords',
  'technologies',
  'language',
  'country',
  'groupId',
  'leadId',
  'campaignId',
  'lastProcessedAt',
] as const;
export type LeadExportColumn = (typeof LEAD_EXPORT_COLUMNS)[number];
