import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { toAppError } from '../../lib/app-error.ts';
import { api } from '../../lib/trpc.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { KeywordMatches } from './keyword-matches.tsx';
import type { KeywordSetInput } from './keyword-set-schema.ts';
import { chosenOf, type PagePersonas, PagePersonasFields, withScheme } from './try-page.tsx';
import { TRY_PANEL } from './try-panel.ts';
import { fieldInEditor, tryableRules } from './tryable-rules.ts';

const DELAY_MS = 400;

type Source = 'text' | 'html' | 'url';

const HINTS: Readonly<Record<Source, string>> = {
  text: 'Counts as the text of a page.',
  html: 'Read as a page: title, headings, links and all.',
  url: 'Fetched once, as a campaign with these personas would.',
};

/** What the rules of the editor find, saved or not: in a text or HTML while one types, on a page when asked to. */
export function TryKeywords() {
  const { setError, clearErrors } = useFormContext<KeywordSetInput>();
  const [source, setSource] = useState<Source>('text');
  const [typed, setTyped] = useState<Readonly<Record<Source, string>>>({ text: '', html: '', url: '' });
  const [personas, setPersonas] = useState<PagePersonas>({ personaId: null, dnsPersonaId: null });
  const [fetched, setFetched] = useState<
    (PagePersonas & { url: string; rules: KeywordSetInput['rules'] }) | null
  >(null);
  const watched = useWatch<KeywordSetInput, 'rules'>({ name: 'rules' });
  // Rows are changed in place by the form: their text says whether they are others.
  const settled = useDebounced(JSON.stringify([watched, typed[source]]), DELAY_MS);
  const [liveRules, liveText] = JSON.parse(settled) as [KeywordSetInput['rules'], string];
  const { rules, rows } = tryableRules(source === 'url' ? (fetched?.rules ?? []) : liveRules);
  const value = source === 'url' ? (fetched?.url ?? '') : liveText;
  const through = source === 'url' ? chosenOf(fetched) : {};
  const result = useQuery({
    queryKey: ['keywords tried', source, value, rules, through],
    queryFn: ({ signal }) => api.keywordSets.try.mutate({ rules, [source]: value, ...through }, { signal }),
    enabled: value.trim() !== '' && rules.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });

  const problem = result.error === null ? null : toAppError(result.error);
  const atRule = problem === null ? null : fieldInEditor(problem.field, rows);
  const message = problem?.message;
  const shown = useRef<`rules.${number}.pattern` | null>(null);
  useEffect(() => {
    if (shown.current !== null) clearErrors(shown.current);
    shown.current = atRule;
    if (atRule !== null) setError(atRule, { type: 'try', message: message ?? '' });
  }, [atRule, message, setError, clearErrors]);

  const fetchPage = (): void => {
    const url = withScheme(typed.url.trim());
    if (url === '') return;
    setTyped({ ...typed, url });
    // The same page once more: what was fetched before is out of date.
    const next = { url, rules: structuredClone(watched), ...personas };
    if (JSON.stringify(next) === JSON.stringify(fetched)) void result.refetch();
    else setFetched(next);
  };
  const isShown = value.trim() !== '' && rules.length > 0;
  return (
    <Card id={TRY_PANEL} aria-label="Try it" className="scroll-mt-16 space-y-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div>
          <h2 className="text-sm font-semibold">Try it</h2>
          <p className="text-xs text-ink-faint">{HINTS[source]}</p>
        </div>
        <Segmented
          label="What to try it on"
          value={source}
          onChange={setSource}
          options={[
            { value: 'text', label: 'Text' },
            { value: 'html', label: 'HTML' },
            { value: 'url', label: 'Page' },
          ]}
        />
      </div>
      {source === 'url' ? (
        <div className="space-y-3">
          <div className="flex gap-2">
            <Input
              type="url"
              inputMode="url"
              aria-label="Address of a page"
              placeholder="https://example.com/"
              value={typed.url}
              autoComplete="off"
              onChange={(event) => setTyped({ ...typed, url: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter') fetchPage();
              }}
            />
            <Button busy={result.isFetching} disabled={typed.url.trim() === ''} onClick={fetchPage}>
              Fetch
            </Button>
          </div>
          <PagePersonasFields value={personas} onChange={setPersonas} />
        </div>
      ) : (
        <Textarea
          aria-label={source === 'text' ? 'Text to try it on' : 'HTML to try it on'}
          rows={5}
          value={typed[source]}
          placeholder={source === 'text' ? 'Paste some text of a page' : '<title>…</title>'}
          spellCheck={false}
          className={source === 'html' ? 'font-mono' : ''}
          onChange={(event) => setTyped({ ...typed, [source]: event.target.value })}
        />
      )}
      {problem === null || !isShown ? null : atRule === null ? (
        <ErrorNotice error={result.error} title="It could not be tried" />
      ) : (
        <p className="text-xs text-bad-ink">A rule cannot run; it is marked above.</p>
      )}
      {isShown && result.isPending && problem === null ? <Skeleton className="h-16 w-full" /> : null}
      {isShown && result.data !== undefined && problem === null ? (
        <KeywordMatches result={result.data} rules={rules} isStale={result.isPlaceholderData} />
      ) : null}
    </Card>
  );
}
