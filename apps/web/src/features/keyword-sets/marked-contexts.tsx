import { type KeywordRule, keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { useQuery } from '@tanstack/react-query';
import type { KeywordSetInput } from './keyword-set-schema.ts';
import { type ContextPiece, markContext } from './mark-context.ts';

interface MarkedContextsProps {
  contexts: readonly string[];
  /** The rules that matched there. */
  rules: KeywordSetInput['rules'];
}

/** The engine of the server, fetched when there is something to mark: no other one agrees with it on what a match is. */
const loadEngine = () => import('@domainflow/domain/keyword/compile-keywords.ts');

/** Pieces of a page with what matched in them marked. */
export function MarkedContexts({ contexts, rules }: MarkedContextsProps) {
  const engine = useQuery({
    queryKey: ['keyword engine'],
    queryFn: loadEngine,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const plain = (text: string): ContextPiece[] => [{ text, isMatch: false }];
  let mark = plain;
  if (engine.data !== undefined) {
    // Where the server found matches, every rule can run: they are the same ones.
    const parsed: KeywordRule[] = rules.map((rule) => ({ ...keywordRuleSchema.parse(rule), active: true }));
    const matcher = engine.data.compileKeywords(parsed);
    mark = (text) => markContext(text, matcher.matchText(text));
  }
  return contexts.map((context, index) => (
    // Contexts may be the same twice: their order is their identity.
    <q key={`${index}`} className="block text-xs break-words text-ink-soft">
      {mark(context).map((piece, at) =>
        piece.isMatch ? (
          <mark key={`${at}`} className="rounded-sm bg-warn-soft px-0.5 font-medium text-warn-ink">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </q>
  ));
}
