import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import type { Outputs } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

type Found = Outputs['technologies']['try']['items'];

function FoundList({ items }: { items: Found }) {
  if (items.length === 0) return <p className="text-sm text-ink-soft">No technology was recognised.</p>;
  return (
    <ul className="divide-y divide-line rounded-lg ring-1 ring-line" aria-label="Technologies found">
      {items.map((item) => (
        <li key={item.name} className="px-3 py-2 text-sm">
          <span className="font-medium">
            {item.name}
            {item.version === null ? '' : ` ${item.version}`}
          </span>
          <span className="text-xs text-ink-faint">
            {' '}
            {item.confidence}% sure
            {item.categories.length === 0 ? '' : ` · ${item.categories.join(', ')}`}
          </span>
          <span className="block font-mono text-xs break-all text-ink-faint">{item.evidence}</span>
        </li>
      ))}
    </ul>
  );
}

/** Which technologies a page shows: pasted, or fetched. */
export function TryTechnologies() {
  const [source, setSource] = useState<'html' | 'url'>('html');
  const [html, setHtml] = useState('');
  const [url, setUrl] = useState('');
  const attempt = useMutation(trpc.technologies.try.mutationOptions());
  const problem = attempt.error === null ? null : toAppError(attempt.error);
  const problemAt = (field: 'html' | 'url'): string | undefined =>
    problem?.field === field ? problem.message : undefined;
  const isEmpty = (source === 'html' ? html : url).trim() === '';
  return (
    <Card className="max-w-3xl p-4">
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(source === 'html' ? { html } : { url: url.trim() });
        }}
      >
        <Segmented
          label="The page"
          value={source}
          onChange={(next) => {
            setSource(next);
            attempt.reset();
          }}
          options={[
            { value: 'html', label: 'Paste HTML' },
            { value: 'url', label: 'Fetch a page' },
          ]}
        />
        {source === 'html' ? (
          <Field label="HTML" error={problemAt('html')}>
            {(field) => (
              <Textarea
                {...field}
                rows={10}
                value={html}
                onChange={(event) => setHtml(event.target.value)}
                spellCheck={false}
                className="font-mono !text-xs"
                placeholder="<!doctype html>…"
              />
            )}
          </Field>
        ) : (
          <Field label="URL" hint="Fetched with the default personas." error={problemAt('url')}>
            {(field) => (
              <Input
                {...field}
                type="url"
                value={url}
                onChange={(event) => setUrl(event.target.value)}
                placeholder="https://example.com/"
                spellCheck={false}
              />
            )}
          </Field>
        )}
        <Button type="submit" look="primary" busy={attempt.isPending} disabled={isEmpty}>
          Find technologies
        </Button>
        <div aria-live="polite">
          {problem === null || problem.field === source ? null : <ErrorNotice error={problem} />}
          {attempt.data === undefined ? null : <FoundList items={attempt.data.items} />}
        </div>
      </form>
    </Card>
  );
}
