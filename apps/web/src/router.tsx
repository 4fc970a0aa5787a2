import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { PageSkeleton } from './features/shell/page-skeleton.tsx';
import { RootLayout } from './features/shell/root-layout.tsx';
import { NotFound, RouteError } from './features/shell/route-problems.tsx';
import { parseCampaignPageSearch, parseLeadsSearch } from './lib/lead-search.ts';
import { loadPage } from './lib/load-page.ts';
import {
  parseCampaignsSearch,
  parsePersonasSearch,
  parseProxiesSearch,
  parseSignInSearch,
  parseTechnologiesSearch,
  parseWordListsSearch,
} from './lib/search-params.ts';
import { loadSession } from './lib/session.ts';
import { sessionProblems } from './lib/session-problems.ts';
import { queryClient } from './lib/trpc.ts';

interface RouterContext {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: RootLayout });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyRouteComponent(() => loadPage(() => import('./routes/sign-in-page.tsx')), 'SignInPage'),
});

const changePassword = createRoute({
  getParentRoute: () => root,
  path: '/change-password',
  beforeLoad: async () => {
    if ((await loadSession()) === null) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/change-password-page.tsx')),
    'ChangePasswordPage',
  ),
});

/** Everything behind the sign-in; a one-time password has to be changed first. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location }) => {
    const me = await loadSession();
    if (me === null) throw redirect({ to: '/sign-in', search: { next: location.href } });
    if (me.mustChangePassword) throw redirect({ to: '/change-password' });
    return { me };
  },
  component: lazyRouteComponent(() => loadPage(() => import('./features/shell/app-shell.tsx')), 'AppShell'),
});

const dashboard = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => loadPage(() => import('./routes/dashboard-page.tsx')), 'DashboardPage'),
});

const campaigns = createRoute({
  getParentRoute: () => app,
  path: '/campaigns',
  validateSearch: parseCampaignsSearch,
  component: lazyRouteComponent(() => loadPage(() => import('./routes/campaigns-page.tsx')), 'CampaignsPage'),
});

const newCampaign = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/new',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/new-campaign-page.tsx')),
    'NewCampaignPage',
  ),
});

const campaign = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/$campaignId',
  validateSearch: parseCampaignPageSearch,
  component: lazyRouteComponent(() => loadPage(() => import('./routes/campaign-page.tsx')), 'CampaignPage'),
});

const leads = createRoute({
  getParentRoute: () => app,
  path: '/leads',
  validateSearch: parseLeadsSearch,
  component: lazyRouteComponent(() => loadPage(() => import('./routes/leads-page.tsx')), 'LeadsPage'),
});

const scoreProfiles = createRoute({
  getParentRoute: () => app,
  path: '/score-profiles',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/score-profiles-page.tsx')),
    'ScoreProfilesPage',
  ),
});

const newScoreProfile = createRoute({
  getParentRoute: () => app,
  path: '/score-profiles/new',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/score-profile-page.tsx')),
    'NewScoreProfilePage',
  ),
});

const scoreProfile = createRoute({
  getParentRoute: () => app,
  path: '/score-profiles/$scoreProfileId',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/score-profile-page.tsx')),
    'ScoreProfilePage',
  ),
});

const suppressions = createRoute({
  getParentRoute: () => app,
  path: '/suppressions',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/suppressions-page.tsx')),
    'SuppressionsPage',
  ),
});

const personas = createRoute({
  getParentRoute: () => app,
  path: '/personas',
  validateSearch: parsePersonasSearch,
  component: lazyRouteComponent(() => loadPage(() => import('./routes/personas-page.tsx')), 'PersonasPage'),
});

const keywordSets = createRoute({
  getParentRoute: () => app,
  path: '/keyword-sets',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/keyword-sets-page.tsx')),
    'KeywordSetsPage',
  ),
});

const newKeywordSet = createRoute({
  getParentRoute: () => app,
  path: '/keyword-sets/new',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/keyword-set-page.tsx')),
    'NewKeywordSetPage',
  ),
});

const keywordSet = createRoute({
  getParentRoute: () => app,
  path: '/keyword-sets/$keywordSetId',
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/keyword-set-page.tsx')),
    'KeywordSetPage',
  ),
});

const wordLists = createRoute({
  getParentRoute: () => app,
  path: '/word-lists',
  validateSearch: parseWordListsSearch,
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/word-lists-page.tsx')),
    'WordListsPage',
  ),
});

const resolvers = createRoute({
  getParentRoute: () => app,
  path: '/resolvers',
  component: lazyRouteComponent(() => loadPage(() => import('./routes/resolvers-page.tsx')), 'ResolversPage'),
});

const proxies = createRoute({
  getParentRoute: () => app,
  path: '/proxies',
  validateSearch: parseProxiesSearch,
  component: lazyRouteComponent(() => loadPage(() => import('./routes/proxies-page.tsx')), 'ProxiesPage'),
});

const technologies = createRoute({
  getParentRoute: () => app,
  path: '/technologies',
  validateSearch: parseTechnologiesSearch,
  component: lazyRouteComponent(
    () => loadPage(() => import('./routes/technologies-page.tsx')),
    'TechnologiesPage',
  ),
});

const users = createRoute({
  getParentRoute: () => app,
  path: '/users',
  component: lazyRouteComponent(() => loadPage(() => import('./routes/users-page.tsx')), 'UsersPage'),
});

const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: lazyRouteComponent(() => loadPage(() => import('./routes/account-page.tsx')), 'AccountPage'),
});

/** An address of no page: said inside the frame, from which all pages can be reached. */
const nowhere = createRoute({ getParentRoute: () => app, path: '$', component: NotFound });

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    changePassword,
    app.addChildren([
      dashboard,
      campaigns,
      newCampaign,
      campaign,
      leads,
      scoreProfiles,
      newScoreProfile,
      scoreProfile,
      suppressions,
      personas,
      resolvers,
      proxies,
      technologies,
      keywordSets,
      newKeywordSet,
      keywordSet,
      wordLists,
      users,
      account,
      nowhere,
    ]),
  ]),
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
});

sessionProblems.onReport((problem) => {
  const { pathname, href } = router.state.location;
  if (problem === 'PASSWORD_CHANGE_REQUIRED') {
    if (pathname !== '/change-password') void router.navigate({ to: '/change-password' });
  } else if (pathname !== '/sign-in') {
    queryClient.clear();
    void router.navigate({ to: '/sign-in', search: { next: href } });
  }
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
