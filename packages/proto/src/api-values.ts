/** Values that bodies under `/v1` have in common. */
import * as z from 'zod';

export const labels = z.record(z.string(), z.string());
/** RFC 3339 in UTC, milliseconds. */
export const time = z.iso.datetime();
export const duration = z.string().regex(/^([0-9]+(s|m|h))+$/, 'a duration such as 30m, 1h or 1h30m');
