// Functions on numbers.

import { negate } from "../arithmetic.js";
import { Decimal, decimal, exponential, logarithm, modulo, roundedTo, squareRoot } from "../numbers.js";
import { DaysSpan, MonthsSpan } from "../values.js";

const rounding = (mode) => (run, number, scale = decimal(0)) => roundedTo(number, scale, mode);

// A number or a duration without its sign.
function absolute(value) {
  if (value instanceof DaysSpan) return value.micros < 0n ? negate(value) : value;
  if (value instanceof MonthsSpan) return value.months < 0n ? negate(value) : value;
  return value.abs();
}

const isEven = (number) => (number.isInteger() ? modulo(number, decimal(2)).isZero() : null);

export default [
  ["decimal(n: number, scale: number): same", rounding(Decimal.ROUND_HALF_EVEN)],
  ["floor(n: number, scale?: number): same", rounding(Decimal.ROUND_FLOOR)],
  ["ceiling(n: number, scale?: number): same", rounding(Decimal.ROUND_CEIL)],
  ["round up(n: number, scale: number): same", rounding(Decimal.ROUND_UP)],
  ["round down(n: number, scale: number): same", rounding(Decimal.ROUND_DOWN)],
  ["round half up(n: number, scale: number): same", rounding(Decimal.ROUND_HALF_UP)],
  ["round half down(n: number, scale: number): same", rounding(Decimal.ROUND_HALF_DOWN)],
  ["abs(n: number | days and time duration | years and months duration): same", (run, value) => absolute(value)],
  ["modulo(dividend: number, divisor: number): number", (run, dividend, divisor) => modulo(dividend, divisor)],
  ["sqrt(number: number): number", (run, number) => squareRoot(number)],
  ["log(number: number): number", (run, number) => logarithm(number)],
  ["exp(number: number): number", (run, number) => exponential(number)],
  ["odd(number: number): boolean", (run, number) => (isEven(number) === null ? null : !isEven(number))],
  ["even(number: number): boolean", (run, number) => isEven(number)],
];
