import { describe, expect, test } from 'vitest';
import { Meter } from './meter.ts';
import { countedElsewhere, counter, gauge, histogram, level, read } from './metric.ts';
import { renderMetrics } from './render-metrics.ts';

const heals = counter('heals_total', 'Heals.', { kind: ['Role', 'other'] });
const requests = counter('requests_total', 'Requests.', { route: 'the routes that there are', code: ['200', '404', 'other'] });
const seconds = histogram('took_seconds', 'Time.', { buckets: [0.1, 1] });
const rows = gauge('rows', 'Rows.', { state: 'the states' });
const open = level('open', 'Open.', { kind: ['a', 'b'] });
const metrics = [heals, requests, seconds, rows];
const shown = (meter: Meter, ...more: Parameters<typeof renderMetrics>[1]): readonly string[] =>
  renderMetrics(metrics, [...meter.readings(), ...more])
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describe('Meter', () => {
  test('series whose labels are known are there at 0, so that the first event is an increase', () => {
    expect(shown(new Meter(metrics))).toEqual([
      'heals_total{kind="Role"} 0',
      'heals_total{kind="other"} 0',
      'took_seconds_bucket{le="0.1"} 0',
      'took_seconds_bucket{le="1"} 0',
      'took_seconds_bucket{le="+Inf"} 0',
      'took_seconds_sum 0',
      'took_seconds_count 0',
    ]);
  });

  test('a value that is not on the list counts as other, whoever says it', () => {
    const meter = new Meter(metrics);
    for (const kind of ['Role', 'Evil\n', 'Role', 'x'.repeat(1_000)]) meter.count(heals, 1, { kind });
    meter.count(requests, 2, { route: '/a', code: '418' });
    expect(shown(meter).filter((line) => / [1-9]/.test(line))).toEqual([
      'heals_total{kind="Role"} 2',
      'heals_total{kind="other"} 2',
      'requests_total{route="/a",code="other"} 2',
    ]);
  });

  test('the order in which labels are given makes no other series', () => {
    const meter = new Meter(metrics);
    meter.count(requests, 1, { route: '/a', code: '200' });
    meter.count(requests, 1, { code: '200', route: '/a' });
    expect(shown(meter)).toContain('requests_total{route="/a",code="200"} 2');
  });

  test('buckets are cumulative, a bound is inside, and what is no number is left out', () => {
    const meter = new Meter(metrics);
    for (const value of [0.05, 0.1, 0.5, 3, Number.NaN, Number.POSITIVE_INFINITY]) meter.observe(seconds, value);
    expect(shown(meter).filter((line) => line.startsWith('took'))).toEqual([
      'took_seconds_bucket{le="0.1"} 2',
      'took_seconds_bucket{le="1"} 3',
      'took_seconds_bucket{le="+Inf"} 4',
      'took_seconds_sum 3.65',
      'took_seconds_count 4',
    ]);
  });

  test('a level goes up and down', () => {
    const meter = new Meter([open]);
    for (const by of [1, 1, -1]) meter.count(open, by, { kind: 'a' });
    expect(renderMetrics([open], meter.readings())).toBe('# HELP open Open.\n# TYPE open gauge\nopen{kind="a"} 1\nopen{kind="b"} 0\n');
  });

  test('what is counted somewhere else has no series of a meter', () => {
    const elsewhere = countedElsewhere(counter('cpu_seconds_total', 'Time.'));
    expect(new Meter([elsewhere]).readings()).toEqual([]);
  });

  test('a metric of somebody else is a bug', () => {
    expect(() => new Meter([heals]).observe(seconds, 1)).toThrow('took_seconds is no metric of this meter');
  });
});

describe('renderMetrics', () => {
  test('escapes what labels may not have, and writes infinity as Prometheus reads it', () => {
    const readings = [read(rows, Number.POSITIVE_INFINITY, { state: 'a"b\\c\nd' }), read(rows, -2.5, { state: 'x' })];
    expect(renderMetrics([rows], readings)).toBe(
      '# HELP rows Rows.\n# TYPE rows gauge\nrows{state="a\\"b\\\\c\\nd"} +Inf\nrows{state="x"} -2.5\n',
    );
  });

  test('a metric without a series is named all the same', () => {
    expect(renderMetrics([rows], [])).toBe('# HELP rows Rows.\n# TYPE rows gauge\n');
  });
});
