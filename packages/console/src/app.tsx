import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { AccessPage } from './access/access-page.tsx';
import { AuditPage } from './audit/audit-page.tsx';
import { ChangePage } from './change/change-page.tsx';
import { ChangesPage } from './change/changes-page.tsx';
import { ClusterPage } from './cluster/cluster-page.tsx';
import { DriftPage } from './drift/drift-page.tsx';
import { FleetPage } from './fleet/fleet-page.tsx';
import { useLive } from './hub/live.ts';
import { HubProblem } from './hub/request.ts';
import { usePerson } from './hub/session.ts';
import { Nothing, Trouble, Waiting } from './parts/answer.tsx';
import { Page } from './parts/page.tsx';
import { PoliciesPage } from './policy/policies-page.tsx';
import { PolicyPage } from './policy/policy-page.tsx';
import { Shell } from './shell/shell.tsx';
import { SignIn } from './shell/sign-in.tsx';

// What reads and writes YAML is fetched when somebody edits.
const EditPage = lazy(async () => ({ default: (await import('./policy/edit-page.tsx')).EditPage }));
const NewPage = lazy(async () => ({ default: (await import('./policy/edit-page.tsx')).NewPage }));

const queries: QueryClient = new QueryClient({
  // A session that has ended shows in whatever is asked next.
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof HubProblem && error.status === 401) void queries.invalidateQueries({ queryKey: ['person'] });
    },
  }),
  defaultOptions: {
    queries: {
      // What is refused stays refused; a hub that is away comes back.
      retry: (count, error) => error instanceof HubProblem && (error.status === 0 || error.status >= 500) && count < 30,
      retryDelay: (count) => Math.min(5_000, 250 * 2 ** count),
      // Events say when something is old. Without them this is the longest that a page may be wrong.
      refetchInterval: 30_000,
    },
  },
});

export function App(): ReactNode {
  return (
    <QueryClientProvider client={queries}>
      <Gate />
    </QueryClientProvider>
  );
}

function Gate(): ReactNode {
  const { data: person, error, isPending } = usePerson();
  const live = useLive(person !== undefined && person !== null);
  if (isPending) return <Waiting />;
  if (error !== null && person === undefined) return <Trouble error={error} />;
  if (person === undefined || person === null) return <SignIn />;
  return (
    <Shell person={person} live={live}>
      <Suspense fallback={<Waiting />}>
        <Pages />
      </Suspense>
    </Shell>
  );
}

function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/" component={FleetPage} />
      <Route path="/clusters/:name">{({ name }) => <ClusterPage key={name} name={name} />}</Route>
      <Route path="/policies" component={PoliciesPage} />
      <Route path="/new-policy" component={NewPage} />
      <Route path="/policies/:name/edit">{({ name }) => <EditPage key={name} name={name} />}</Route>
      <Route path="/policies/:name">{({ name }) => <PolicyPage key={name} name={name} />}</Route>
      <Route path="/changes" component={ChangesPage} />
      <Route path="/changes/*">{({ '*': id }) => <ChangePage key={id} id={decodeURIComponent(id ?? '')} />}</Route>
      <Route path="/drift" component={DriftPage} />
      <Route path="/access" component={AccessPage} />
      <Route path="/audit" component={AuditPage} />
      <Route>
        <Page title="No such page">
          <Nothing title="There is nothing at this address.">The pages are in the list on the left.</Nothing>
        </Page>
      </Route>
    </Switch>
  );
}
