import { tables, type Database } from './database.ts';

/** Every row of every table as one line of JSON, in the order of the keys: equal histories give equal bytes. */
export function dumpHistory(database: Database): string {
  const lines = tables.flatMap((table) => {
    const keys = database.all<{ readonly name: string; readonly pk: number }>(
      `SELECT name, pk FROM pragma_table_info('${table}') WHERE pk > 0`,
    );
    const order = keys.toSorted((a, b) => a.pk - b.pk).map(({ name }) => name);
    return database.all(`SELECT * FROM ${table} ORDER BY ${order.join(', ')}`).map((row) => `${table} ${JSON.stringify(row)}`);
  });
  return `${lines.join('\n')}\n`;
}
