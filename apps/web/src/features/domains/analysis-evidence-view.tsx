import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import type { ReactNode } from 'react';
import { formatCount } from '../../lib/format.ts';
import { ScoreParts } from '../leads/lead-details.tsx';
import type { AnalysisEvidence } from './analysis-evidence-schema.ts';

interface AnalysisEvidenceViewProps {
  evidence: AnalysisEvidence;
  /** A lead is shown with its points, contacts and keywords itself. */
  isLead: boolean;
}

/** What a page was worth, and what was read on it where no lead says so. */
export function AnalysisEvidenceView({ evidence, isLead }: AnalysisEvidenceViewProps) {
  const { score, minScore, scoreParts, keywords, contacts, technologies, parked = [] } = evidence;
  const items: (readonly [string, ReactNode])[] = [
    ['Score', `${formatCount(score)} of 100, a lead needs ${formatCount(minScore)}`],
  ];
  if (parked.length > 0) items.push(['Parked', parked.join(' · ')]);
  if (!isLead) {
    items.push(
      ['Keywords', keywords.length === 0 ? 'none' : keywords.join(', ')],
      ['Contacts', contacts === 0 ? 'none' : formatCount(contacts)],
      ['Technologies', technologies.length === 0 ? 'none' : technologies.join(', ')],
    );
  }
  return (
    <div className="space-y-3">
      <DefinitionList items={items} />
      {isLead || scoreParts.length === 0 ? null : <ScoreParts parts={scoreParts} heading="h4" />}
    </div>
  );
}
