// Reads what is typed in the controls of a form exactly as the server does (engine/kinds). What can't be read here, or not
// surely in the same way, is UNKNOWN: whatever depends on it is left to the server.

import { makeClock, makeDay } from "../feel/calendar.js";
import { decimal } from "../feel/numbers.js";
import { Moment, characters } from "../feel/values.js";

export const UNKNOWN = Symbol("only the server knows");

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
const FIGURE = /^[\x20-\x7e\u00a0\u2009\u202f€−–‐‑’]*$/; // every sign of a number somebody means

// Without blanks at the ends; the mark U+FEFF is none to the server.
const single = (raw, suffix = "") => (raw.get(suffix)?.[0] ?? "").replace(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, "");

// -- texts ------------------------------------------------------------------------------------------------------------

function readText(field, raw) {
  const typed = single(raw).replace(/\r\n?/g, "\n");
  const text = (field.kind === "text" ? typed.replaceAll("\n", " ") : typed).normalize("NFC");
  if (!text) return null;
  const length = characters(text).length;
  const isRead = !CONTROL.test(text.replaceAll("\t", field.kind === "text" ? "\t" : "")) && length <= field.longest;
  return isRead && length >= field.shortest ? text : UNKNOWN;
}

const POSTAL = ["street", "extra", "postcode", "commune"];

function readAddress(field, raw) {
  const typed = POSTAL.map((part) => single(raw, `-${part}`).split(/[^\S\ufeff]+/).join(" ").normalize("NFC"));
  if (typed.some((text) => CONTROL.test(text))) return UNKNOWN;
  if (!typed.some(Boolean)) return null;
  const [street, extra, spaced, commune] = typed;
  const postcode = spaced.replaceAll(" ", "");
  const isShort = typed.every((text) => characters(text).length <= 120);
  if (!street || !commune || !/^[0-9]{5}$/.test(postcode) || !isShort) return UNKNOWN;
  return new Map(Object.entries({ street, extra: extra || null, postcode, commune }));
}

// -- figures ----------------------------------------------------------------------------------------------------------

const CURRENCY = /^(?:€|EUR(?=\s|[0-9+-]))\s*|\s*(?:€|euros?|EUR)$/gi;
const PERCENT = /\s*(?:%|pour\s*cent|percent)$/i;
const DIGITS = /^[0-9]+$/;
const GROUPED = /^[0-9]{1,3}([ .,'])[0-9]{3}(?:\1[0-9]{3})*$/;

const STRIPPED = {
  money: (text) => text.replace(CURRENCY, ""),
  percentage: (text) => text.replace(PERCENT, ""),
};

function readFigure(field, raw) {
  const typed = single(raw);
  if (!FIGURE.test(typed) || typed.length > 60) return UNKNOWN;
  const text = (STRIPPED[field.kind] ?? ((same) => same))(typed);
  return text === "" ? null : figure(text, field.places);
}

// The number a person meant: `12 000,50`, `12.000,50`, `12,000.50` and `12'000.50` are one.
export function figure(text, places) {
  const plain = text.replace(/[−–‐‑]/g, "-").split(/\s+/).filter(Boolean).join(" ").replaceAll("’", "'");
  const bare = /^[+-]/.test(plain) ? plain.slice(1).trimStart() : plain;
  const parts = cut(bare, places);
  if (parts === null) return UNKNOWN;
  const [whole, mark, fraction] = parts;
  if (mark && !DIGITS.test(fraction)) return UNKNOWN;
  const digits = DIGITS.test(whole) || (mark && !whole) ? whole : ungrouped(whole, mark);
  if (digits === null || fraction.replace(/0+$/, "").length > places) return UNKNOWN;
  const found = decimal(`${digits || "0"}.${fraction || "0"}`);
  if (found.gte("1e13")) return UNKNOWN;
  return plain.startsWith("-") && !found.isZero() ? found.neg() : found;
}

function ungrouped(whole, mark) {
  const found = GROUPED.exec(whole);
  return found && found[1] !== mark ? whole.replace(/[ .,']/g, "") : null;
}

// What stands before the decimal mark, the mark and what follows; null for `12,345` where three decimals can be meant.
function cut(text, places) {
  const marks = [...text].filter((sign) => sign === "." || sign === ",");
  const last = marks.at(-1);
  if (!last || (marks.length > 1 && new Set(marks).size === 1)) return [text, "", ""];
  const place = text.lastIndexOf(last);
  const [whole, fraction] = [text.slice(0, place), text.slice(place + 1)];
  const isThousands = marks.length === 1 && /^[1-9][0-9]{0,2}$/.test(whole) && /^[0-9]{3}$/.test(fraction);
  if (isThousands) return places >= 3 ? null : [text, "", ""];
  return [whole, last, fraction];
}

// -- days -------------------------------------------------------------------------------------------------------------

const MONTHS = [
  ["janvier", "january", "janv", "jan"], ["fevrier", "february", "fevr", "fev", "feb"], ["mars", "march", "mar"],
  ["avril", "april", "avr", "apr"], ["mai", "may"], ["juin", "june", "jun"], ["juillet", "july", "juil", "jul"],
  ["aout", "august", "aug"], ["septembre", "september", "sept", "sep"], ["octobre", "october", "oct"],
  ["novembre", "november", "nov"], ["decembre", "december", "dec"],
];
const ISO = /^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})$/;
const WRITTEN = /^(?<day>[0-9]{1,2}) *[/.\- ] *(?<month>[0-9]{1,2}) *[/.\- ] *(?<year>[0-9]+)$/;

const NAMED = [
  /^(?:le +)?(?<day>[0-9]{1,2}(?:er|e|st|nd|rd|th)?)[ /.\-]+(?<month>[a-zéû]{3,12}\.?)[ /.\-]+(?<year>[0-9]+)$/i,
  /^(?<month>[a-zéû]{3,12}\.?) +(?<day>[0-9]{1,2}(?:er|e|st|nd|rd|th)?),? +(?<year>[0-9]+)$/i,
];

// A whole date in the first control: in figures, or with the month in letters.
const pasted = (text) => [ISO, WRITTEN, ...NAMED].map((form) => form.exec(text)?.groups).find(Boolean);

function readDay(field, raw) {
  let typed = Object.fromEntries(["day", "month", "year"].map((part) => [part, single(raw, `-${part}`)]));
  if (!Object.values(typed).every((text) => /^[\x20-\x7eéûÉÛ]*$/.test(text))) return UNKNOWN;
  if (!typed.month && !typed.year) typed = pasted(typed.day) ?? typed;
  if (!typed.day && !typed.month && !typed.year) return null;
  const day = /^([0-9]{1,2})(?:er|e|st|nd|rd|th)?$/i.exec(typed.day)?.[1];
  const month = monthOf(typed.month);
  if (!day || !month || !/^[1-9][0-9]{3}$/.test(typed.year)) return UNKNOWN;
  return makeDay(Number(typed.year), month, Number(day)) ?? UNKNOWN;
}

function monthOf(text) {
  if (/^[0-9]{1,2}$/.test(text)) return Number(text);
  const bare = text.slice(0, 20).normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase().replace(/\.+$/, "");
  return MONTHS.findIndex((names) => names.includes(bare)) + 1;
}

// -- times ------------------------------------------------------------------------------------------------------------

const TIME = /^([0-9]{1,2})(?: ?[h:.] ?([0-9]{2})| ?h)$/i;

function clock(text) {
  const [, hour, minute] = TIME.exec(text.replace(/[\u00a0\u202f]/g, " ")) ?? [];
  return hour === undefined ? UNKNOWN : (makeClock(Number(hour), Number(minute ?? 0), 0, 0, null) ?? UNKNOWN);
}

const readTime = (field, raw) => (single(raw) ? clock(single(raw)) : null);

function readDateAndTime(field, raw) {
  const [day, time] = [readDay(field, raw), single(raw, "-time")];
  if (day === null || !time) return day === null && !time ? null : UNKNOWN;
  const found = clock(time);
  return day === UNKNOWN || found === UNKNOWN ? UNKNOWN : new Moment(day.days, found.micros);
}

function readYear(field, raw) {
  const text = single(raw);
  return text ? (/^[1-9][0-9]{3}$/.test(text) ? decimal(text) : UNKNOWN) : null;
}

// -- numbers that identify --------------------------------------------------------------------------------------------

const COPIED = /^[\x20-\x7e\u00a0\u2009\u202f]{0,80}$/; // the signs people copy such a number with

// A number without the signs between its groups, when it is `like` this and `isRight`; null when blank.
function number(raw, like, isRight = () => true) {
  const typed = single(raw);
  if (!COPIED.test(typed)) return UNKNOWN;
  const text = typed.replace(/[\s./-]/g, "").toUpperCase();
  if (!typed) return null;
  return like.test(text) && isRight(text) ? text : UNKNOWN;
}

// The sum of Luhn: every second digit from the end counts twice.
function isLuhn(digits) {
  const doubled = [...digits].reverse().map((sign, place) => Number(sign) * (1 + (place % 2)));
  return doubled.reduce((sum, one) => sum + (one > 9 ? one - 9 : one), 0) % 10 === 0;
}

// -- choices ----------------------------------------------------------------------------------------------------------

const ANSWERS = new Map([["yes", true], ["no", false], ["", null]]);

// Something else in words, when no option is chosen.
const other = (field, raw) => (field.other && single(raw, "-other") ? "other" : null);

// A line of search stands for an option only with the text it was chosen for.
const isSearched = (raw) => raw.has("-search") && single(raw, "-search") !== single(raw, "-for");

function readChoice(field, raw) {
  if (isSearched(raw)) return single(raw, "-search") ? UNKNOWN : other(field, raw);
  return single(raw) || other(field, raw);
}

function readSeveral(field, raw) {
  if (single(raw, "-search")) return UNKNOWN;
  const found = new Set([...(raw.get("") ?? []).map((text) => text.trim()), other(field, raw)].filter(Boolean));
  if (field.none && found.has("none")) return found.size === 1 ? [] : UNKNOWN;
  return found.size || (field.optional && !field.none) ? [...found] : null;
}

function readConsent(field, raw) {
  const text = single(raw);
  return text === "yes" ? true : text ? UNKNOWN : field.optional ? false : null;
}

const READERS = {
  text: readText,
  long_text: readText,
  integer: readFigure,
  decimal: readFigure,
  money: readFigure,
  percentage: readFigure,
  date: readDay,
  address: readAddress,
  time: readTime,
  date_time: readDateAndTime,
  year: readYear,
  yes_no: (field, raw) => ANSWERS.get(single(raw)) ?? (single(raw) ? UNKNOWN : null),
  consent: readConsent,
  choice: readChoice,
  choices: readSeveral,
  rating: (field, raw) => (single(raw) ? (/^[1-9][0-9]?$/.test(single(raw)) ? decimal(single(raw)) : UNKNOWN) : null),
  department: (field, raw) => single(raw) || null,
  country: (field, raw) => single(raw) || null,
  siren: (field, raw) => number(raw, /^[0-9]{9}$/, isLuhn),
  rna: (field, raw) => number(raw, /^W[0-9][0-9A-Z][0-9]{7}$/),
  postal_code: (field, raw) => number(raw, new RegExp(`^(?:${field.pattern})$`)),
};

// The value of a field: null when it is blank, UNKNOWN when only the server can read it. `raw` holds what is typed, by
// suffix of the control.
export const readTyped = (field, raw) => READERS[field.kind]?.(field, raw) ?? (field.kind in READERS ? null : UNKNOWN);
