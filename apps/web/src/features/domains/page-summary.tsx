import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import type { DomainDetail } from '../../lib/contract.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';

/** Text of the page that is shown before it has to be asked for. */
const EXCERPT_LENGTH = 600;

/** What was kept of the website's page. */
export function PageSummary({ page }: { page: NonNullable<DomainDetail['page']> }) {
  const excerpt = page.text.slice(0, EXCERPT_LENGTH);
  return (
    <section aria-label="Page" className="space-y-3 border-t border-line pt-4">
      <h3 className="text-sm font-semibold">Page</h3>
      <DefinitionList
        items={[
          ['Title', page.title ?? <span className="text-ink-faint">none</span>],
          ['Description', page.description ?? <span className="text-ink-faint">none</span>],
          [
            'Address',
            <a
              key="address"
              href={page.finalUrl}
              target="_blank"
              rel="noreferrer noopener"
              className="break-all text-accent-ink hover:underline"
            >
              {page.finalUrl}
            </a>,
          ],
          ['Language', page.language ?? <span className="text-ink-faint">not said</span>],
          ['Read', `${formatBytes(page.bodyBytes)}${page.truncated ? ', cut off at the limit' : ''}`],
          ['Links', formatCount(page.links.length)],
        ]}
      />
      {excerpt === '' ? null : (
        <details>
          <summary className="text-sm text-ink-soft">Visible text</summary>
          <p className="mt-1 rounded-md bg-sunken p-2 text-xs break-words text-ink-soft">
            {excerpt}
            {page.text.length > EXCERPT_LENGTH ? '…' : ''}
          </p>
        </details>
      )}
    </section>
  );
}
