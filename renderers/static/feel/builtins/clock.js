// today() and now(): they read the moment given to the evaluation, and are null without one.

import { Day } from "../values.js";

export default [
  ["now(): date and time", (run) => run.now],
  ["today(): date", (run) => (run.now === null ? null : new Day(run.now.days))],
];
