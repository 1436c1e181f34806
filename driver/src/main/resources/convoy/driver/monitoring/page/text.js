// Numbers, times and names as people read them.

const NOTHING = "–";
const NARROW_SPACE = "\u202f";
const wholeNumbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const clockTimes = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

const STATES = {
  RUNNING: { word: "running", sign: "●" },
  FINISHED: { word: "finished", sign: "✓" },
  DIVERGED: { word: "diverged", sign: "▲" },
  FAILED: { word: "failed", sign: "✕" },
};
const NO_END_RECORDED = { word: "no end recorded", sign: "○" };

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** A whole number with separators: 50,000. */
function wholeNumber(value) {
  return isNumber(value) ? wholeNumbers.format(value) : NOTHING;
}

function counted(value, one, many) {
  return `${wholeNumber(value)} ${value === 1 ? one : many}`;
}

/** A share in hundredths with two decimals, for it comes from thousands of images: 92.15 %. */
function percent(share) {
  return isNumber(share) ? (100 * share).toFixed(2) + NARROW_SPACE + "%" : NOTHING;
}

/** A share with one decimal, for parts of a time. */
function partPercent(share) {
  return isNumber(share) ? (100 * share).toFixed(1) + NARROW_SPACE + "%" : NOTHING;
}

/** A share on an axis or of a small size, with as many digits as it needs. */
function shortPercent(share) {
  return isNumber(share) ? significant(100 * share, 3) + NARROW_SPACE + "%" : NOTHING;
}

function significant(value, digits) {
  return isNumber(value) ? Number(value.toPrecision(digits)).toString() : NOTHING;
}

function lossText(value) {
  return isNumber(value) ? (Math.abs(value) < 0.01 ? significant(value, 3) : value.toFixed(4)) : NOTHING;
}

function learningRateText(value) {
  return significant(value, 4);
}

function speed(imagesPerSecond) {
  if (!isNumber(imagesPerSecond)) {
    return NOTHING;
  }
  return imagesPerSecond < 100 ? significant(imagesPerSecond, 3) : wholeNumber(imagesPerSecond);
}

/** A short time with three digits: 30.1 ms, 2.50 s; a longer one in its two largest units: 2 min 5 s. */
function duration(seconds) {
  if (!isNumber(seconds)) {
    return NOTHING;
  }
  if (seconds === 0) {
    return "0 s";
  }
  if (seconds < 0.9995) {
    return (seconds < 0.001 ? significant(seconds * 1000, 1) : (seconds * 1000).toPrecision(3)) + " ms";
  }
  if (seconds < 59.95) {
    return seconds.toPrecision(3) + " s";
  }
  return twoUnits(seconds);
}

function twoUnits(seconds) {
  const units = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const rounded = Math.round(seconds);
  const largest = units.findIndex(([size]) => rounded >= size);
  const [size, name] = units[Math.max(0, largest)];
  const whole = Math.floor(rounded / size);
  const next = units[largest + 1];
  const rest = next ? Math.floor((rounded - whole * size) / next[0]) : 0;
  return `${whole} ${name}` + (rest > 0 ? ` ${rest} ${next[1]}` : "");
}

/** A time on an axis, where seconds are enough. */
function wholeDuration(seconds) {
  return seconds === 0 ? "0" : seconds < 60 ? significant(seconds, 3) + " s" : twoUnits(seconds);
}

/** When it was, in the reader's time zone; nothing for 0, which means that nobody wrote it down. */
function moment(millis) {
  return isNumber(millis) && millis > 0 ? moments.format(millis) : NOTHING;
}

function clockTime(millis) {
  return isNumber(millis) && millis > 0 ? clockTimes.format(millis) : NOTHING;
}

function stateOf(run, live) {
  return run.state === "RUNNING" && !live
    ? NO_END_RECORDED
    : STATES[run.state] || { word: String(run.state).toLowerCase(), sign: "○" };
}

/** The shortest ends of paths that tell them apart, by path. */
function distinguishingEnds(paths) {
  const parts = paths.map((path) => String(path).replace(/\/+$/, "").split("/"));
  const end = (index, length) => parts[index].slice(-length).join("/");
  return new Map(
    paths.map((path, index) => {
      let length = 1;
      while (
        length < parts[index].length &&
        parts.some((other, otherIndex) => otherIndex !== index && end(otherIndex, length) === end(index, length))
      ) {
        length++;
      }
      return [path, end(index, length)];
    }),
  );
}

function lastPart(path) {
  return distinguishingEnds([path || ""]).get(path || "") || NOTHING;
}

function median(values) {
  const sorted = values.filter(isNumber).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) {
    return null;
  }
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function mean(values) {
  const numbers = values.filter(isNumber);
  return numbers.length ? numbers.reduce((sum, value) => sum + value, 0) / numbers.length : null;
}

function sum(values) {
  return values.filter(isNumber).reduce((total, value) => total + value, 0);
}
