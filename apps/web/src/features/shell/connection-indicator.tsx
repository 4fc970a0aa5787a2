import { TONE_FILL, type Tone } from '@domainflow/ui/primitives/tone.ts';
import clsx from 'clsx';
import { useLiveStatus } from '../../lib/live.ts';
import type { LiveStatus } from '../../lib/live-connection.ts';
import { useIsOnline } from '../../lib/use-is-online.ts';

interface Look {
  tone: Tone;
  label: string;
  hint: string;
}

/** A stream is found dead some time after the network has gone. */
const OFFLINE: Look = { tone: 'warn', label: 'Offline', hint: 'The browser has no network.' };

const LOOKS: Readonly<Record<LiveStatus, Look>> = {
  connecting: { tone: 'neutral', label: 'Connecting', hint: 'Opening the stream of events.' },
  live: { tone: 'ok', label: 'Live', hint: 'Changes arrive as they happen.' },
  reconnecting: {
    tone: 'warn',
    label: 'Reconnecting',
    hint: 'The stream of events broke off; it is being opened again.',
  },
  polling: {
    tone: 'warn',
    label: 'Polling',
    hint: 'The stream of events cannot be had: this page asks every few seconds.',
  },
};

/** Says how the page is kept fresh. */
export function ConnectionIndicator() {
  const status = useLiveStatus();
  const isOnline = useIsOnline();
  const { tone, label, hint } = isOnline ? LOOKS[status] : OFFLINE;
  return (
    <span
      role="status"
      title={hint}
      data-live-status={status}
      className="inline-flex items-center gap-1.5 text-xs text-ink-soft"
    >
      <span
        aria-hidden
        className={clsx(
          'size-2 rounded-full',
          TONE_FILL[tone],
          isOnline && status !== 'live' && 'animate-breathe',
        )}
      />
      {label}
    </span>
  );
}
