import { Outlet } from '@tanstack/react-router';
import { Toaster } from 'sonner';
import { useTheme } from '../../lib/theme.ts';

/** Around every page: what has to be there also before the sign-in. */
export function RootLayout() {
  const theme = useTheme();
  return (
    <>
      <Outlet />
      <Toaster
        position="bottom-right"
        theme={theme}
        closeButton
        toastOptions={{
          classNames: {
            toast: '!bg-raised !text-ink !border-line !shadow-overlay !rounded-lg !font-sans !text-sm',
            description: '!text-ink-soft',
          },
        }}
      />
    </>
  );
}
