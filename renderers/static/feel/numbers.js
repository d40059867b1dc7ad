// Numbers: IEEE 754 decimal128 with the vendored decimal.js (34 digits, half to even, exponents from -6143 to 6144).

import { Decimal as Library } from "../vendor/decimal/decimal.min.mjs";

const HALF_EVEN = Library.ROUND_HALF_EVEN;
const LARGEST = 6144;
const SMALLEST = -6143;
const TINY = -6176; // the last place of the smallest numbers, which keep fewer digits
const HUGE = 14300; // e to that power is no number any more, e to minus that power is nothing
const FAR = { rounding: HALF_EVEN, maxE: 9e15, minE: -9e15, toExpNeg: -9e15, toExpPos: 9e15, modulo: Library.ROUND_DOWN };

const withDigits = (precision) => Library.clone({ ...FAR, precision });
export const Decimal = withDigits(34);
const Shorter = withDigits(60);
const Longer = withDigits(80);
const Exact = withDigits(12800);

export const decimal = (text) => new Decimal(text);
export const ZERO = decimal(0);

// What one operation gives as decimal128: `calculate` is done with as many digits as the result may keep. Null for what
// is no number: a division by zero, an overflow.
function settled(calculate) {
  const found = calculate(Decimal);
  if (!found.isFinite() || found.e > LARGEST) return null;
  if (found.isZero() || found.e >= SMALLEST) return found;
  const kept = found.e - TINY + 1;
  if (kept > 0) return new Decimal(calculate(withDigits(kept)));
  const isMore = kept === 0 && calculate(Longer).abs().gt(`5e${TINY - 1}`);
  return isMore ? decimal(`${found.s < 0 ? "-" : ""}1e${TINY}`) : ZERO;
}

export const plus = (a, b) => settled((D) => D.add(a, b));
export const minus = (a, b) => settled((D) => D.sub(a, b));
export const times = (a, b) => settled((D) => D.mul(a, b));
export const over = (a, b) => (b.isZero() ? null : settled((D) => D.div(a, b)));
export const rounded = (a) => settled((D) => D.add(a, 0));
export const squareRoot = (a) => (a.isNegative() && !a.isZero() ? null : settled((D) => D.sqrt(a)));

// Functions whose last digit is hard to know are computed with more digits than are kept.
const roughly = (found) => (found.isFinite() ? rounded(Shorter.add(found, 0)) : null);

export function power(base, exponent) {
  if (base.isZero()) return exponent.gt(0) ? ZERO : null;
  if (base.isNegative() && !exponent.isInteger()) return null;
  const size = Longer.mul(Longer.ln(base.abs()), exponent); // the natural logarithm of the result
  if (size.gt(HUGE)) return null;
  return size.lt(-HUGE) ? ZERO : roughly(Longer.pow(base, exponent));
}

export function exponential(number) {
  if (number.gt(HUGE)) return null;
  return number.lt(-HUGE) ? ZERO : roughly(Longer.exp(number));
}

export const logarithm = (number) => (number.gt(0) ? roughly(Longer.ln(number)) : null);

// dividend - divisor * floor(dividend / divisor): it has the sign of the divisor.
export function modulo(dividend, divisor) {
  if (divisor.isZero()) return null;
  const rest = Exact.mod(dividend, divisor);
  const other = !rest.isZero() && rest.isNegative() !== divisor.isNegative();
  return rounded(other ? Exact.add(rest, divisor) : rest);
}

// The number with so many decimals (fewer than none: whole tens, hundreds…), in one of the modes of decimal.js.
export function roundedTo(number, scale, mode) {
  const places = truncated(scale);
  if (places < -6111 || places > 6176) return null;
  const shifted = Exact.mul(number, `1e${places}`).toDecimalPlaces(0, mode);
  return rounded(Exact.mul(shifted, `1e${-places}`));
}

// The whole part as a plain figure, for places and counts; what is too far away is as far as a place can be.
export function truncated(number) {
  return number.abs().gte(1e15) ? (number.isNegative() ? -1e15 : 1e15) : Number(number.trunc().toFixed(0));
}

export const wholePart = (number) => BigInt(number.trunc().toFixed(0));

// Without exponent and without needless zeros.
export function numberText(number) {
  return number.isZero() ? "0" : number.toFixed();
}
