import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { PageSkeleton } from './features/shell/page-skeleton.tsx';
import { RootLayout } from './features/shell/root-layout.tsx';
import { NotFound, RouteError } from './features/shell/route-problems.tsx';
import { lazyPage } from './lib/lazy-page.ts';
import { parseCampaignPageSearch, parseLeadsSearch } from './lib/lead-search.ts';
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

const root = createRootRoute({ component: RootLayout });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyPage(() => import('./routes/sign-in-page.tsx'), 'SignInPage'),
});

const changePassword = createRoute({
  getParentRoute: () => root,
  path: '/change-password',
  beforeLoad: async () => {
    if ((await loadSession()) === null) throw redirect({ to: '/sign-in' });
  },
  component: lazyPage(() => import('./routes/change-password-page.tsx'), 'ChangePasswordPage'),
});

/** Everything behind the sign-in; a one-time password has to be changed first. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location }) => {
    const me = await loadSession();
    if (me === null) throw redirect({ to: '/sign-in', search: { next: location.href } });
    if (me.mustChangePassword) throw redirect({ to: '/change-password' });
  },
  component: lazyPage(() => import('./features/shell/app-shell.tsx'), 'AppShell'),
});

const dashboard = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyPage(() => import('./routes/dashboard-page.tsx'), 'DashboardPage'),
});

const campaigns = createRoute({
  getParentRoute: () => app,
  path: '/campaigns',
  validateSearch: parseCampaignsSearch,
  component: lazyPage(() => import('./routes/campaigns-page.tsx'), 'CampaignsPage'),
});

const newCampaign = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/new',
  component: lazyPage(() => import('./routes/new-campaign-page.tsx'), 'NewCampaignPage'),
});

const campaign = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/$campaignId',
  validateSearch: parseCampaignPageSearch,
  component: lazyPage(() => import('./routes/campaign-page.tsx'), 'CampaignPage'),
});

const leads = createRoute({
  getParentRoute: () => app,
  path: '/leads',
  validateSearch: parseLeadsSearch,
  component: lazyPage(() => import('./routes/leads-page.tsx'), 'LeadsPage'),
});

const scoreProfiles = createRoute({
  getParentRoute: () => app,
  path: '/score-profiles',
  component: lazyPage(() => import('./routes/score-profiles-page.tsx'), 'ScoreProfilesPage'),
});

const newScoreProfile = createRoute({
  getParentRoute: () => app,
  path: '/score-profiles/new',
  component: lazyPage(() => import('./routes/score-profile-page.tsx'), 'NewScoreProfilePage'),
});

const scoreProfile = createRoute({
  getParentRoute: () => app,
  path: '/score-profiles/$scoreProfileId',
  component: lazyPage(() => import('./routes/score-profile-page.tsx'), 'ScoreProfilePage'),
});

const suppressions = createRoute({
  getParentRoute: () => app,
  path: '/suppressions',
  component: lazyPage(() => import('./routes/suppressions-page.tsx'), 'SuppressionsPage'),
});

const personas = createRoute({
  getParentRoute: () => app,
  path: '/personas',
  validateSearch: parsePersonasSearch,
  component: lazyPage(() => import('./routes/personas-page.tsx'), 'PersonasPage'),
});

const keywordSets = createRoute({
  getParentRoute: () => app,
  path: '/keyword-sets',
  component: lazyPage(() => import('./routes/keyword-sets-page.tsx'), 'KeywordSetsPage'),
});

const newKeywordSet = createRoute({
  getParentRoute: () => app,
  path: '/keyword-sets/new',
  component: lazyPage(() => import('./routes/keyword-set-page.tsx'), 'NewKeywordSetPage'),
});

const keywordSet = createRoute({
  getParentRoute: () => app,
  path: '/keyword-sets/$keywordSetId',
  component: lazyPage(() => import('./routes/keyword-set-page.tsx'), 'KeywordSetPage'),
});

const wordLists = createRoute({
  getParentRoute: () => app,
  path: '/word-lists',
  validateSearch: parseWordListsSearch,
  component: lazyPage(() => import('./routes/word-lists-page.tsx'), 'WordListsPage'),
});

const resolvers = createRoute({
  getParentRoute: () => app,
  path: '/resolvers',
  component: lazyPage(() => import('./routes/resolvers-page.tsx'), 'ResolversPage'),
});

const proxies = createRoute({
  getParentRoute: () => app,
  path: '/proxies',
  validateSearch: parseProxiesSearch,
  component: lazyPage(() => import('./routes/proxies-page.tsx'), 'ProxiesPage'),
});

const technologies = createRoute({
  getParentRoute: () => app,
  path: '/technologies',
  validateSearch: parseTechnologiesSearch,
  component: lazyPage(() => import('./routes/technologies-page.tsx'), 'TechnologiesPage'),
});

const users = createRoute({
  getParentRoute: () => app,
  path: '/users',
  component: lazyPage(() => import('./routes/users-page.tsx'), 'UsersPage'),
});

const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: lazyPage(() => import('./routes/account-page.tsx'), 'AccountPage'),
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
