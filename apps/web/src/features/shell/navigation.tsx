import { Link } from '@tanstack/react-router';
import {
  Activity,
  Ban,
  BookOpen,
  Cpu,
  Gauge,
  Globe,
  LayoutDashboard,
  type LucideIcon,
  Rows3,
  Tags,
  Target,
  UserRound,
  UsersRound,
  Waypoints,
} from 'lucide-react';
import { useId } from 'react';

interface NavigationItem {
  readonly to:
    | '/'
    | '/campaigns'
    | '/leads'
    | '/score-profiles'
    | '/suppressions'
    | '/personas'
    | '/resolvers'
    | '/proxies'
    | '/technologies'
    | '/keyword-sets'
    | '/word-lists'
    | '/users'
    | '/account';
  readonly label: string;
  readonly icon: LucideIcon;
  readonly adminOnly?: true;
}

interface NavigationGroup {
  readonly label: string;
  readonly items: readonly NavigationItem[];
}

const GROUPS: readonly NavigationGroup[] = [
  {
    label: 'Work',
    items: [
      { to: '/', label: 'Dashboard', icon: LayoutDashboard },
      { to: '/campaigns', label: 'Campaigns', icon: Rows3 },
      { to: '/leads', label: 'Leads', icon: Target },
    ],
  },
  {
    label: 'Network',
    items: [
      { to: '/personas', label: 'Personas', icon: Globe },
      { to: '/resolvers', label: 'Resolvers', icon: Activity },
      { to: '/proxies', label: 'Proxies', icon: Waypoints },
    ],
  },
  {
    label: 'Names and pages',
    items: [
      { to: '/word-lists', label: 'Word lists', icon: BookOpen },
      { to: '/keyword-sets', label: 'Keyword sets', icon: Tags },
      { to: '/technologies', label: 'Technologies', icon: Cpu },
      { to: '/score-profiles', label: 'Score profiles', icon: Gauge },
    ],
  },
  {
    label: 'System',
    items: [
      { to: '/suppressions', label: 'Suppressions', icon: Ban },
      { to: '/users', label: 'Users', icon: UsersRound, adminOnly: true },
      { to: '/account', label: 'Account', icon: UserRound },
    ],
  },
];

interface NavigationProps {
  isAdmin: boolean;
  onNavigate?: () => void;
}

/** The pages by what they are for: work first, then what it is done with. */
export function Navigation({ isAdmin, onNavigate }: NavigationProps) {
  const id = useId();
  return (
    <nav aria-label="Main" className="space-y-4">
      {GROUPS.map((group, index) => (
        <div key={group.label}>
          <p
            id={`${id}-${index}`}
            className="px-2.5 pb-1 text-xs font-medium tracking-wide text-ink-faint select-none"
          >
            {group.label}
          </p>
          <ul aria-labelledby={`${id}-${index}`} className="space-y-0.5">
            {group.items
              .filter((item) => item.adminOnly !== true || isAdmin)
              .map(({ to, label, icon: Icon }) => (
                <li key={to}>
                  <Link
                    to={to}
                    {...(onNavigate === undefined ? {} : { onClick: onNavigate })}
                    activeOptions={{ exact: to === '/', includeSearch: false }}
                    className="flex items-center gap-2.5 rounded-md px-2.5 py-2 text-sm font-medium text-ink-soft transition-colors hover:bg-line/60 hover:text-ink lg:py-1.5 data-[status=active]:bg-accent-soft data-[status=active]:text-accent-ink"
                  >
                    <Icon aria-hidden className="size-4" />
                    {label}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
