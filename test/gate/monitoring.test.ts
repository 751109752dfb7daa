import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { allHubMetrics } from '@accord/hub/metrics/hub-metrics';
import type { Metric } from '@accord/runtime/metrics/metric';
import { allSpokeMetrics } from '@accord/spoke/metrics/spoke-metrics';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { alertsOf, dashboardQueries, type Alert } from '../monitoring-files.ts';
import { root } from './plant.ts';

const alerts = alertsOf();
const queries = [...alerts.map(({ alert, expr }) => [alert, expr] as const), ...dashboardQueries()];
const known = new Map<string, Metric>([...allHubMetrics, ...allSpokeMetrics].map((metric) => [metric.name, metric]));
/** Of every target, by Prometheus itself. */
const ofPrometheus = new Set(['up', 'job', 'instance', 'le', 'cluster']);

describe('the queries of rules and dashboard', () => {
  test('there are some', () => expect([alerts.length > 20, queries.length > 80]).toEqual([true, true]));

  test.each(queries)('%s names metrics that there are, with values that their labels can have', (_name, query) => {
    const selectors = [...query.matchAll(/\b((?:accord|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
    expect(selectors.length + Number(query.includes('up{'))).toBeGreaterThan(0);
    for (const [, name = '', matchers = ''] of selectors) {
      const metric = known.get(name) ?? known.get(name.replace(/_(bucket|sum|count)$/, ''));
      expect(metric?.name, name).toBeDefined();
      for (const [, label = '', value = ''] of matchers.matchAll(/(\w+)=~?"([^"]*)"/g)) {
        if (ofPrometheus.has(label)) continue;
        const values = metric?.labels[label];
        expect(values, `${name}: ${label}`).toBeDefined();
        if (typeof values === 'object') expect(values).toEqual(expect.arrayContaining(value.split('|')));
      }
    }
  });

  test.each(queries)('%s groups by labels that there are', (_name, query) => {
    const labels = new Set([...known.values()].flatMap((metric) => Object.keys(metric.labels)));
    const grouped = [...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(',').map((label) => label.trim()));
    expect(grouped.filter((label) => !labels.has(label) && !ofPrometheus.has(label))).toEqual([]);
  });
});

describe('an alert', () => {
  test.each(alerts.map((alert) => [alert.alert, alert] as const))(
    '%s says what it is, what to read and how bad it is',
    (_name, alert: Alert) => {
      const { summary, description, runbook } = alert.annotations;
      expect(summary).toMatch(/\.$/);
      expect(description.length).toBeGreaterThan(20);
      expect(existsSync(join(root, runbook)), runbook).toBe(true);
      expect(['critical', 'warning', 'info']).toContain(alert.labels.severity);
    },
  );

  test('stands in its runbook by name, or the runbook is of what it says', () => {
    const silent = alerts.filter(({ alert, annotations: { runbook } }) => {
      const text = readFileSync(join(root, runbook), 'utf8');
      return (
        !text.includes(`\`${alert}\``) &&
        !['hub-recover', 'full-disk', 'key-theft', 'rotate-keys', 'removal-brake', 'spoke-cannot-join'].some((old) => runbook.includes(old))
      );
    });
    expect(silent.map(({ alert }) => alert)).toEqual([]);
  });

  test('has a test of promtool', () => {
    const { tests } = parse(readFileSync(join(root, 'test/real/monitoring-rules.yaml'), 'utf8')) as {
      readonly tests: readonly {
        readonly alert_rule_test?: readonly { readonly alertname: string; readonly exp_alerts?: readonly object[] }[];
      }[];
    };
    const tested = tests.flatMap(({ alert_rule_test: cases = [] }) => cases);
    const names = (fires: boolean): ReadonlySet<string> =>
      new Set(tested.filter(({ exp_alerts: expected = [] }) => expected.length > 0 === fires).map(({ alertname }) => alertname));
    const all = alerts.map(({ alert }) => alert);
    expect({ fires: all.filter((name) => !names(true).has(name)), silent: all.filter((name) => !names(false).has(name)) }).toEqual({
      fires: [],
      silent: [],
    });
  });
});
