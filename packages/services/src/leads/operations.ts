import { createErasure, eraseLead } from './erasures.ts';
import { getLead } from './get-lead.ts';
import { decideOnGroup, findGroups, listLeadGroups } from './groups.ts';
import { cancelLeadJob, getLeadJob, listLeadJobs, pauseLeadJob, resumeLeadJob } from './job-commands.ts';
import { getLeadFacets } from './lead-facets.ts';
import { listAllLeads } from './list-leads.ts';
import { rescoreAll } from './rescore-leads.ts';
import { updateLead } from './update-lead.ts';
import { updateManyLeads } from './update-many.ts';

/** Paths with a fixed word come before those with an id. */
export const leadOperations = {
  list: listAllLeads,
  facets: getLeadFacets,
  groups: listLeadGroups,
  decideOnGroup,
  findGroups,
  updateMany: updateManyLeads,
  rescore: rescoreAll,
  get: getLead,
  update: updateLead,
  erase: eraseLead,
};

export const erasureOperations = { create: createErasure };

export const leadJobOperations = {
  list: listLeadJobs,
  get: getLeadJob,
  pause: pauseLeadJob,
  resume: resumeLeadJob,
  cancel: cancelLeadJob,
};
