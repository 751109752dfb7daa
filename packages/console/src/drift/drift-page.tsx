import type { ReactNode } from 'react';
import { Page } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { DriftTable } from './drift-table.tsx';

/** What drifts, who does it, and what became of it. */
export function DriftPage(): ReactNode {
  const [cluster, setCluster] = useFilter('cluster');
  const [policy, setPolicy] = useFilter('policy');
  const [object, setObject] = useFilter('object');
  return (
    <Page title="Drift">
      <div className="filters">
        <SearchField label="Cluster" value={cluster} onChange={setCluster} />
        <SearchField label="Policy" value={policy} onChange={setPolicy} />
        <SearchField label="Object" value={object} onChange={setObject} />
      </div>
      <DriftTable query={{ cluster, policy, object }} />
    </Page>
  );
}
