// Functions on days of the calendar, and `is`.

import { dayOfYear, partsOf, weekOfYear, weekday } from "../calendar.js";
import { decimal } from "../numbers.js";
import { equal } from "../operators.js";
import { Clock, Moment, kindOf } from "../values.js";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

// Whether two values are the same in type and in every part, the zone included.
function isSame(one, other) {
  if (kindOf(one) !== kindOf(other)) return false;
  if (!(one instanceof Clock || one instanceof Moment)) return equal(one, other) === true;
  return one.days === other.days && one.micros === other.micros && one.zone?.offset === other.zone?.offset;
}

export default [
  ["day of year(date: date | date and time): number", (run, { days }) => decimal(dayOfYear(days))],
  ["day of week(date: date | date and time): string", (run, { days }) => WEEKDAYS[weekday(days) - 1]],
  ["month of year(date: date | date and time): string", (run, { days }) => MONTHS[partsOf(days).month - 1]],
  ["week of year(date: date | date and time): number", (run, { days }) => decimal(weekOfYear(days))],
  ["is(value1: any?, value2: any?): boolean", (run, one, other) => isSame(one, other)],
];
