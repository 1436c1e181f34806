// How evenly the replicas work: seconds of each by round, and how far each lies from their mean.

const MOST_SINGLE_REPLICAS = 8;
const NAMED_SLOWEST = 3;
/** A replica is a straggler in a round that takes it so many times the median of all replicas. */
const STRAGGLER_FACTOR = 1.25;
const MOST_STRAGGLERS = 5;

function replicasSection() {
  const { element, title } = section("replicas", "Replicas");
  const summary = make("p", { class: "note" });
  const seconds = lineChart({
    title: "Seconds of each replica",
    unit: "loading, steps and copying, by round",
    text: duration,
    tick: wholeDuration,
    fromZero: true,
  });
  const distances = lineChart({
    title: "Distance from the mean",
    unit: "of parameters, share of the mean's norm",
    text: shortPercent,
    fromZero: true,
  });
  const stragglers = make("ul", { class: "stragglers" });
  element.append(summary, make("div", { class: "grid" }, seconds.element, distances.element), stragglers);
  return {
    element,
    update(data, view) {
      const { run } = view;
      show(element, run.replicas.index.length > 0);
      if (element.hidden) {
        return;
      }
      const figures = replicaFigures(run.replicas.seconds);
      tellRun(title, data, view);
      setText(summary, replicasSummary(figures));
      const apart = replicaFigures(run.replicas.distances);
      drawReplicas(seconds, run, view.axis, run.replicas.seconds, figures, true);
      drawReplicas(distances, run, view.axis, run.replicas.distances, apart, false);
      updateReplicaKey(seconds.legend, figures, duration, "slowest");
      updateReplicaKey(distances.legend, apart, shortPercent, "furthest");
      show(distances.element, apart.count > 1);
      updateStragglers(stragglers, run, figures);
    },
  };
}

/** Of each round the least, median and most; of each replica how slow it was; and who straggled where. */
function replicaFigures(columns) {
  const points = Math.max(0, ...columns.map((column) => column.length));
  const rounds = Array.from({ length: points }, (_, i) => {
    const values = columns.map((column) => column[i]).filter(isNumber);
    return values.length
      ? { least: Math.min(...values), middle: median(values), most: Math.max(...values) }
      : { least: null, middle: null, most: null };
  });
  const medians = mean(rounds.map((round) => round.middle));
  const replicas = columns.map((column, replica) => ({
    replica,
    average: mean(column),
    slowest: column.filter((value, i) => isNumber(value) && value === rounds[i].most).length,
    straggles: column.flatMap((value, i) =>
      isNumber(value) && value > STRAGGLER_FACTOR * rounds[i].middle ? [{ replica, i, value, middle: rounds[i].middle }] : [],
    ),
  }));
  const bySlowness = replicas.filter((each) => isNumber(each.average)).sort((a, b) => b.average - a.average);
  return { rounds, replicas, bySlowness, medians, count: columns.length };
}

function replicasSummary({ bySlowness, medians, rounds, replicas, count }) {
  if (bySlowness.length === 0) {
    return `Seconds of the ${count} replicas were not measured.`;
  }
  if (count === 1) {
    return `The one replica takes ${duration(medians)} per round on average.`;
  }
  const [slowest] = bySlowness;
  const more = medians > 0 ? slowest.average / medians - 1 : 0;
  const straggles = sum(replicas.map((each) => each.straggles.length));
  const points = rounds.length;
  return (
    `Of ${count} replicas, replica ${slowest.replica} is the slowest: ${duration(slowest.average)} per round on average, ` +
    `${partPercent(more)} above the median, and the last to end in ${slowest.slowest} of the ${points} rounds shown. ` +
    (straggles
      ? `${counted(straggles, "time a replica", "times a replica")} took more than ${STRAGGLER_FACTOR} times the median.`
      : `None took more than ${STRAGGLER_FACTOR} times the median of its round.`)
  );
}

function distancesSentence({ bySlowness, medians, count }) {
  return bySlowness.length === 0
    ? "Distances of the replicas from their mean were not measured."
    : `Distances of ${count} replicas from their mean: ${shortPercent(medians)} in the median, ` +
        `${shortPercent(bySlowness[0].average)} on average for replica ${bySlowness[0].replica}, the furthest.`;
}

function drawReplicas(chart, run, kind, columns, figures, marksStragglers) {
  const places = placesOf(run, kind);
  const single = columns.length <= MOST_SINGLE_REPLICAS;
  const datasets = single ? [] : bandDatasets(run, figures, places);
  const named = single ? figures.replicas : figures.bySlowness.slice(0, NAMED_SLOWEST);
  named.forEach(({ replica }, number) => {
    const points = replicaPoints(run, columns[replica], places, figures);
    const dataset = lineDataset(`replica ${replica}`, `replica ${replica}`, single ? replica : number, points);
    dataset.borderWidth = 1.5;
    dataset.pointRadius = points.map((point) => (marksStragglers && point.straggles ? 5 : 0));
    datasets.push(dataset);
  });
  chart.update({
    axis: axisOf(kind),
    datasets,
    sentence: marksStragglers ? replicasSummary(figures) : distancesSentence(figures),
  });
}

function replicaPoints(run, column, places, figures) {
  return (column || []).flatMap((y, i) => {
    const point = placeOfPoint(run, i, places);
    const straggles = isNumber(y) && y > STRAGGLER_FACTOR * figures.rounds[i].middle;
    return isNumber(y) && isNumber(point.x) ? [{ ...point, y, straggles }] : [];
  });
}

/** Points of replicas are fewer than those of rounds: their time and epoch are those of the same round. */
function placeOfPoint(run, i, places) {
  const round = run.replicas.index[i];
  const at = Math.min(run.rounds.index.length - 1, nearestValue(run.rounds.index, round));
  return { x: places.ofRound(round, run.rounds.time[at]), epoch: run.rounds.epoch[at] };
}

function nearestValue(ascending, value) {
  const index = ascending.findIndex((each) => each >= value);
  return index < 0 ? ascending.length - 1 : index;
}

/** The median as a line in a band from the least to the most. */
function bandDatasets(run, figures, places) {
  const points = (figure) =>
    figures.rounds.flatMap((round, i) => {
      const point = placeOfPoint(run, i, places);
      return isNumber(round[figure]) && isNumber(point.x) ? [{ ...point, y: round[figure] }] : [];
    });
  const edge = { paint: colour("soft"), thin: true, radius: 0 };
  const most = lineDataset("most", "most", 0, points("most"), edge);
  const least = lineDataset("least", "least", 0, points("least"), edge);
  const middle = lineDataset("median", "median", 0, points("middle"), { paint: colour("ink"), radius: 0 });
  most.fill = "+1";
  most.backgroundColor = colour("band");
  most.pointBackgroundColor = least.pointBackgroundColor = colour("soft");
  return [most, least, middle];
}

function updateReplicaKey(key, figures, text, most) {
  const { count } = figures;
  const single = count <= MOST_SINGLE_REPLICAS;
  const named = single ? figures.replicas : figures.bySlowness.slice(0, NAMED_SLOWEST);
  const items = named.map(({ replica, average }, number) => ({
    id: `${replica} ${single ? replica : number}`,
    number: single ? replica : number,
    text: `replica ${replica}`,
    figure: text(average),
  }));
  if (!single) {
    items.unshift({ id: "band", text: `median of ${count} replicas in a band of all; the ${most}:`, figure: "" });
  }
  setChildren(
    key,
    items,
    ({ id }) => id,
    ({ number }) => make("li", {}, number === undefined ? null : swatch(number), make("span"), make("b")),
    (item, { text, figure }) => {
      setText(item.lastElementChild.previousElementSibling, text);
      setText(item.lastElementChild, figure);
    },
  );
}

function updateStragglers(list, run, figures) {
  const worst = figures.replicas
    .flatMap((each) => each.straggles)
    .sort((a, b) => b.value / b.middle - a.value / a.middle)
    .slice(0, MOST_STRAGGLERS);
  show(list, worst.length > 0 && figures.count > 1);
  setTexts(
    list,
    worst.map(
      ({ replica, i, value, middle }) =>
        `Round ${wholeNumber(run.replicas.index[i])}: replica ${replica} took ${duration(value)}, the median replica ${duration(middle)}.`,
    ),
    "li",
  );
}
