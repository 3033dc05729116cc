// The axis: marks of the calendar in two tiers, the same as axis.py. Places are milliseconds from 1970-01-01 in UTC.
import M from "./measures.json" with { type: "json" };

const DAY = 86_400_000;
export const YEAR = 365.2425 * DAY;
const LENGTH = { minute: 60_000, hour: 3_600_000, day: DAY, month: YEAR / 12, year: YEAR };
const STEPS = [
  ...[1, 5, 15, 30].map((n) => ["minute", n]),
  ...[1, 3, 6, 12].map((n) => ["hour", n]),
  ...[1, 2, 5, 10].map((n) => ["day", n]),
  ...[1, 3, 6].map((n) => ["month", n]),
  ...Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((n) => ["year", n * 10 ** power])).flat(),
];
const LAST_DAY = { 1: 31, 2: 29, 5: 26, 10: 21 };
const OVER = { minute: "day", hour: "day", day: "month", month: "year", year: "" };
const MILLION = 1_000_000;

const floor = (a, b) => Math.floor(a / b);

// Days from 1970-01-01 of a date of any year, and back: H. Hinnant, "chrono-compatible low-level date algorithms".
function days(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = floor(y, 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = floor(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + floor(yearOfEra, 4) - floor(yearOfEra, 100) + dayOfYear - 719_468;
}

export function civil(ms) {
  const number = floor(Math.floor(ms), DAY);
  const z = number + 719_468;
  const era = floor(z, 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = floor(dayOfEra - floor(dayOfEra, 1460) + floor(dayOfEra, 36_524) - floor(dayOfEra, 146_096), 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floor(yearOfEra, 4) - floor(yearOfEra, 100));
  const shifted = floor(5 * dayOfYear + 2, 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - floor(153 * shifted + 2, 5) + 1,
    rest: Math.floor(ms) - number * DAY,
  };
}

function at(year, month = 1, day = 1) {
  return days(year, month, day) * DAY;
}

function daysInMonth(year, month) {
  return days(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - days(year, month, 1);
}

function yearOf(number, count) {
  if (count === 1) {
    return number;
  }
  return number > 0 ? number * count : 1 + number * count;
}

function begin(ms, unit, count) {
  if (unit === "minute" || unit === "hour") {
    const step = count * LENGTH[unit];
    return floor(ms, step) * step;
  }
  const { year, month, day } = civil(ms);
  if (unit === "day") {
    return at(year, month, Math.min(floor(day - 1, count) * count + 1, LAST_DAY[count]));
  }
  if (unit === "month") {
    return at(year, floor(month - 1, count) * count + 1);
  }
  return at(yearOf(year > 0 ? floor(year, count) : floor(year - 1, count), count));
}

function next(ms, unit, count) {
  if (unit === "minute" || unit === "hour") {
    return ms + count * LENGTH[unit];
  }
  const { year, month, day } = civil(ms);
  if (unit === "day") {
    const following = day + count;
    if (following <= Math.min(LAST_DAY[count], daysInMonth(year, month))) {
      return at(year, month, following);
    }
    return at(year + floor(month, 12), (month % 12) + 1);
  }
  if (unit === "month") {
    const later = month + count;
    return at(year + floor(later - 1, 12), ((later - 1) % 12) + 1);
  }
  if (count === 1) {
    return at(year + 1);
  }
  return at(yearOf((year > 1 ? floor(year, count) : floor(year - 1, count)) + 1, count));
}

// Where each stretch begins and where the next one does, from the one that holds "low" to that which holds "high".
function starts(low, high, unit, count) {
  const found = [];
  for (let here = begin(low, unit, count); ; ) {
    const following = next(here, unit, count);
    found.push([here, following]);
    if (here >= high) {
      return found;
    }
    here = following;
  }
}

function large(number, words) {
  if (number < MILLION) {
    return String(number);
  }
  return words.million.replace("{n}", (number / MILLION).toFixed(2).replace(/\.?0+$/, ""));
}

export function yearName(year, words) {
  return year > 0 ? large(year, words) : words.bc.replace("{year}", large(1 - year, words));
}

function two(number) {
  return String(number).padStart(2, "0");
}

function clock(ms) {
  return `${two(floor(ms, 3_600_000))}:${two(floor(ms, 60_000) % 60)}`;
}

function filled(pattern, year, month, day, words) {
  return pattern.replace("{month}", words.months[month - 1]).replace("{day}", day).replace("{year}", yearName(year, words));
}

function long(ms, unit, words) {
  const { year, month, day } = civil(ms);
  return unit === "year" ? yearName(year, words) : filled(words[unit], year, month, day, words);
}

function label(ms, unit, words) {
  const { year, month, day, rest } = civil(ms);
  if (unit === "minute" || unit === "hour") {
    return clock(rest);
  }
  if (unit === "day") {
    return String(day);
  }
  return unit === "month" ? words.short[month - 1] : yearName(year, words);
}

function nameOf(ms, following, unit, count, words) {
  const { year, month, day, rest } = civil(ms);
  const last = civil(following - 1);
  if (unit === "minute" || unit === "hour") {
    return `${long(ms, "day", words)}, ${clock(rest)}–${clock(civil(following).rest)}`;
  }
  if (unit === "day") {
    return filled(words.day, year, month, last.day === day ? day : `${day}–${last.day}`, words);
  }
  if (unit === "month") {
    return count === 1
      ? filled(words.month, year, month, day, words)
      : `${words.months[month - 1]}–${filled(words.month, last.year, last.month, 1, words)}`;
  }
  const names = [yearName(year, words), yearName(last.year, words)];
  return names[0] === names[1] ? names[0] : names.join("–");
}

export function axis(low, high, room, words) {
  const least = (M.minTick * (high - low)) / room;
  const [unit, count] = STEPS.find(([u, n]) => n * LENGTH[u] >= least) || STEPS[STEPS.length - 1];
  const minor = starts(low, high, unit, count).map(([here, following]) => ({
    at: here, label: label(here, unit, words), name: nameOf(here, following, unit, count, words),
  }));
  const over = OVER[unit];
  let major = [];
  if (unit === "year" && count <= 2) {
    major = starts(low, high, "year", 10).map(([here]) => {
      const { year } = civil(here);
      return { at: here, label: year > 1 ? words.decade.replace("{year}", year) : "", name: "" };
    });
  } else if (over) {
    major = starts(low, high, over, 1).map(([here]) => ({ at: here, label: long(here, over, words), name: "" }));
  }
  return { unit, minor, major };
}

// A place as it is called in a view so long: its year, month, day or time.
export function momentName(ms, length, words) {
  const { year, month, day, rest } = civil(ms);
  if (length > 3 * YEAR) {
    return yearName(year, words);
  }
  if (length > 90 * DAY) {
    return filled(words.month, year, month, day, words);
  }
  return filled(words.day, year, month, day, words) + (length < 2 * DAY && rest ? `, ${clock(rest)}` : "");
}
