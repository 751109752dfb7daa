/**
 * Kubernetes' quantities in the form in which the API server stores them: `1000m` becomes `1`, `1024Mi` becomes `1Gi`.
 *
 * A text in another form would be stored as this one, and the next applier of the same text would get a conflict.
 * Source: k8s.io/apimachinery/pkg/api/resource, Quantity.CanonicalizeBytes.
 */
const pattern = /^([+-]?)(\d+)?(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d{1,3})?$/;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const nano = 10n ** 9n;
const largest = (1n << 63n) - 1n;

type Format = 'decimal' | 'binary' | 'exponent';

/** The canonical text; undefined for what is no quantity. */
export function canonicalQuantity(value: string | number): string | undefined {
  const text = String(value);
  // Most amounts are small whole numbers, and those have no other form.
  if (/^[1-9]\d{0,2}$/.test(text)) return text;
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  const { nanos, format } = parsed;
  if (nanos === 0n) return '0';
  const isWhole = nanos % nano === 0n;
  const size = nanos < 0n ? -nanos : nanos;
  // Below 1024 and for fractions the server itself changes from binary to decimal, so that nothing is rounded.
  if (format === 'binary' && isWhole && size >= 1024n * nano) return renderBinary(nanos / nano);
  return renderDecimal(nanos, format === 'exponent');
}

/** How many hundredths of `whole` the other is, rounded down; undefined where one of them is no quantity, or the whole is nothing. */
export function percentOf(part: string, whole: string): number | undefined {
  const [of, all] = [parse(part), parse(whole)];
  if (of === undefined || all === undefined || all.nanos <= 0n) return undefined;
  return Number((of.nanos * 100n) / all.nanos);
}

/** How many whole units all of these are together; what is no quantity counts nothing. */
export function wholeUnits(texts: readonly string[], unit: '1' | '1Gi'): number {
  const sum = texts.reduce((total, text) => total + (parse(text)?.nanos ?? 0n), 0n);
  return Number(sum / (parse(unit)?.nanos ?? nano));
}

function parse(text: string): { readonly nanos: bigint; readonly format: Format } | undefined {
  const [match, sign, whole = '', fraction = '', suffix = ''] = pattern.exec(text) ?? [];
  if (match === undefined || (whole === '' && fraction === '')) return undefined;
  const { factor, divisor, format } = scaleOf(suffix);
  const digits = BigInt(whole + fraction) * factor * nano;
  const nanos = divideUp(digits, divisor * 10n ** BigInt(fraction.length));
  // The server caps binary amounts only.
  const capped = format === 'binary' && nanos > largest * nano ? largest * nano : nanos;
  return { nanos: sign === '-' ? -capped : capped, format };
}

function scaleOf(suffix: string): { readonly factor: bigint; readonly divisor: bigint; readonly format: Format } {
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { factor: 1024n ** BigInt(binary), divisor: 1n, format: 'binary' };
  const isExponent = /^[eE][+-]?\d/.test(suffix);
  const exponent = isExponent ? Number(suffix.slice(1)) : (decimalSuffixes.indexOf(suffix) - 3) * 3;
  const power = 10n ** BigInt(Math.abs(exponent));
  const format = isExponent ? 'exponent' : 'decimal';
  return exponent < 0 ? { factor: 1n, divisor: power, format } : { factor: power, divisor: 1n, format };
}

/** Away from zero, as the server does with what is finer than one nano. */
function divideUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

function renderBinary(whole: bigint): string {
  let [rest, power] = [whole, 0];
  for (; rest % 1024n === 0n && power < binarySuffixes.length - 1; power += 1) rest /= 1024n;
  return `${rest}${binarySuffixes[power]}`;
}

function renderDecimal(nanos: bigint, isExponent: boolean): string {
  let [rest, step] = [nanos, 0];
  for (; rest % 1000n === 0n && (isExponent || step < decimalSuffixes.length - 1); step += 1) rest /= 1000n;
  const exponent = (step - 3) * 3;
  return isExponent ? `${rest}${exponent === 0 ? '' : `e${exponent}`}` : `${rest}${decimalSuffixes[step]}`;
}
