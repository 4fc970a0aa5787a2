import { IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Drawer } from '@domainflow/ui/primitives/dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { useEffect, useState } from 'react';
import { startLive } from '../../lib/live.ts';
import { useMe } from '../../lib/session.ts';
import { Brand } from './brand.tsx';
import { ConnectionIndicator } from './connection-indicator.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { useFocusOnNavigation } from './use-focus-on-navigation.ts';
import { useSearchShortcut } from './use-search-shortcut.ts';

/** The frame of every page behind the sign-in: navigation at the side, on a phone behind a button. */
export function AppShell() {
  const me = useMe();
  const queryClient = useQueryClient();
  const [isMenuOpen, setMenuOpen] = useState(false);
  useSearchShortcut();
  useFocusOnNavigation();
  useEffect(() => startLive(queryClient), [queryClient]);
  const isAdmin = me?.role === 'admin';

  const foot = (
    <div className="space-y-3 border-t border-line pt-3">
      <div className="flex items-center justify-between gap-2">
        <ConnectionIndicator />
        <ThemeSwitch iconsOnly />
      </div>
      <div className="flex items-center justify-between gap-2">
        <div className="min-w-0">
          <p className="truncate text-sm font-medium">{me?.username}</p>
          <p className="text-xs text-ink-faint">{isAdmin ? 'Administrator' : 'Member'}</p>
        </div>
        <SignOutButton />
      </div>
    </div>
  );

  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-sunken py-4 lg:flex">
        <div className="px-5">
          <Brand />
        </div>
        {/* On a low screen the pages scroll, and what stands below them stays. */}
        <div className="mt-5 min-h-0 flex-1 overflow-y-auto px-3 pb-3">
          <Navigation isAdmin={isAdmin} />
        </div>
        <div className="px-3">{foot}</div>
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-30 flex h-12 items-center justify-between border-b border-line bg-canvas/90 px-2 backdrop-blur lg:hidden">
          <div className="flex items-center gap-1">
            <IconButton label="Open navigation" onClick={() => setMenuOpen(true)}>
              <Menu aria-hidden className="size-5" />
            </IconButton>
            <Brand />
          </div>
          <div className="pr-2">
            <ConnectionIndicator />
          </div>
        </header>
        <OfflineBanner />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto max-w-[90rem] px-4 py-5 outline-none sm:px-6 lg:py-6"
        >
          <Outlet />
        </main>
      </div>
      <Drawer open={isMenuOpen} onClose={() => setMenuOpen(false)} side="left" title={<Brand />}>
        <div className="flex h-full flex-col justify-between gap-6">
          <Navigation isAdmin={isAdmin} onNavigate={() => setMenuOpen(false)} />
          {foot}
        </div>
      </Drawer>
    </div>
  );
}
