import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { Monitor, Moon, Sun } from 'lucide-react';
import { setTheme, type Theme, useTheme } from '../../lib/theme.ts';

const OPTIONS: readonly { value: Theme; label: string; icon: React.ReactNode }[] = [
  { value: 'system', label: 'System', icon: <Monitor aria-hidden className="size-3.5" /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden className="size-3.5" /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden className="size-3.5" /> },
];

/** Light, dark, or as the system has it. */
export function ThemeSwitch({ iconsOnly = false }: { iconsOnly?: boolean }) {
  return (
    <Segmented label="Theme" value={useTheme()} onChange={setTheme} options={OPTIONS} iconsOnly={iconsOnly} />
  );
}
