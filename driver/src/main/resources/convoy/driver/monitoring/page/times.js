// Where the time of rounds and epochs goes.

const MOST_BARS = 100;

/** In the order in which they follow each other; the names are columns of the rounds and colours of the style sheet. */
const PARTS = [
  { name: "broadcast", word: "broadcast", column: "broadcastSeconds", what: "until executors can fetch the state" },
  { name: "compute", word: "compute", column: "computeSeconds", what: "the slowest replica: loading, steps, copying" },
  { name: "gather", word: "gather", column: "gatherSeconds", what: "scheduling, fetching, bringing updates together" },
  { name: "average", word: "average", column: "averageSeconds", what: "what the driver has left to do" },
  { name: "evaluate", word: "evaluate", column: "evaluateSeconds", what: "after each epoch" },
];

function timesSection(actions) {
  const { element, title } = section("times", "Where the time goes");
  let by = "round";
  const controls = choice("Bars for", { round: "Rounds", epoch: "Epochs" }, by, (value) => {
    by = value;
    actions.redraw();
  });
  const chart = stackedBars({ title: "Seconds of each round", unit: "", controls: [] });
  element.append(make("div", { class: "section-controls" }, controls), chart.element);
  return {
    element,
    update(data, view) {
      const { run } = view;
      show(element, run.rounds.index.length > 0);
      if (element.hidden) {
        return;
      }
      const model = by === "epoch" ? epochTimes(run) : roundTimes(run);
      tellRun(title, data, view);
      setText(chart.element.querySelector("figcaption").firstElementChild, `Seconds of each ${by}`);
      chart.update(model);
      updateShares(chart.legend, model.parts);
    },
  };
}

/** Means of neighbouring rounds where there are more than bars. */
function roundTimes(run) {
  const { rounds } = run;
  const buckets = bucketsOf(rounds.index.length, MOST_BARS);
  const parts = PARTS.filter((part) => part.name !== "evaluate").map((part) => ({
    ...part,
    values: buckets.map(([from, to]) => mean(rounds[part.column].slice(from, to))),
  }));
  const labels = buckets.map(([from, to]) => {
    const first = from > 0 ? rounds.index[from - 1] + 1 : 1;
    const last = rounds.index[to - 1];
    return first >= last ? wholeNumber(last) : `${wholeNumber(first)}–${wholeNumber(last)}`;
  });
  return { xTitle: "round", unit: "mean of the rounds of a bar", labels, parts, sentence: timesSentence("a round", parts) };
}

function epochTimes(run) {
  const buckets = bucketsOf(run.epochs.length, MOST_BARS);
  const parts = PARTS.map((part) => ({
    ...part,
    values: buckets.map(([from, to]) => mean(run.epochs.slice(from, to).map((epoch) => epoch[part.column]))),
  }));
  const labels = buckets.map(([, to]) => wholeNumber(run.epochs[to - 1].epoch));
  return { xTitle: "epoch", unit: "all rounds of the epoch, and its evaluation", labels, parts, sentence: timesSentence("an epoch", parts) };
}

/** Ranges of as many neighbours each as make no more than so many. */
function bucketsOf(length, most) {
  const size = Math.max(1, Math.ceil(length / most));
  const buckets = [];
  for (let from = 0; from < length; from += size) {
    buckets.push([from, Math.min(length, from + size)]);
  }
  return buckets;
}

function sharesOf(parts) {
  const means = parts.map((part) => mean(part.values) || 0);
  const all = sum(means);
  return parts.map((part, index) => ({ part, seconds: means[index], share: all > 0 ? means[index] / all : 0 }));
}

function timesSentence(what, parts) {
  const shares = sharesOf(parts).map(({ part, seconds, share }) => `${part.word} ${duration(seconds)}, ${partPercent(share)}`);
  return `Where the time of ${what} goes on average: ${shares.join("; ")}.`;
}

function updateShares(legend, parts) {
  setChildren(
    legend,
    sharesOf(parts),
    ({ part }) => part.name,
    ({ part }) => make("li", { "title": part.what }, tile(part.name), make("span"), make("b")),
    (item, { part, seconds, share }) => {
      setText(item.children[1], part.word);
      setText(item.children[2], `${duration(seconds)} · ${partPercent(share)}`);
    },
  );
}
