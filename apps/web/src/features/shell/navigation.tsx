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

const ITEMS: readonly NavigationItem[] = [
  { to: '/', label: 'Dashboard', icon: LayoutDashboard },
  { to: '/campaigns', label: 'Campaigns', icon: Rows3 },
  { to: '/leads', label: 'Leads', icon: Target },
  { to: '/personas', label: 'Personas', icon: Globe },
  { to: '/resolvers', label: 'Resolvers', icon: Activity },
  { to: '/proxies', label: 'Proxies', icon: Waypoints },
  { to: '/keyword-sets', label: 'Keyword sets', icon: Tags },
  { to: '/word-lists', label: 'Word lists', icon: BookOpen },
  { to: '/technologies', label: 'Technologies', icon: Cpu },
  { to: '/score-profiles', label: 'Score profiles', icon: Gauge },
  { to: '/suppressions', label: 'Suppressions', icon: Ban },
  { to: '/users', label: 'Users', icon: UsersRound, adminOnly: true },
  { to: '/account', label: 'Account', icon: UserRound },
];

interface NavigationProps {
  isAdmin: boolean;
  onNavigate?: () => void;
}

export function Navigation({ isAdmin, onNavigate }: NavigationProps) {
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {ITEMS.filter((item) => item.adminOnly !== true || isAdmin).map(({ to, label, icon: Icon }) => (
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
    </nav>
  );
}
