// Charts by Chart.js: line charts over rounds and stacked bars, both with their figures as a table.

const FAR_PIXELS = 30;
const LETTER_PIXELS = 8;
const POINTS_SHOWN_SINGLY = 60;
const COMFORTABLE_TICKS = 6;
const TIME_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 864000,
];

Chart.defaults.animation = false;
Chart.defaults.responsive = true;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.font.family = getComputedStyle(root).fontFamily;
Chart.defaults.font.size = 12;
Chart.defaults.plugins.legend.display = false;

/** What a pointer at an x touches: of each series the nearest point, if there is one close by. */
Chart.Interaction.modes.column = (chart, event) => {
  const x = chart.scales.x.getValueForPixel(event.x);
  return chart.getSortedVisibleDatasetMetas().flatMap((meta) => {
    const index = nearestIndex(chart.data.datasets[meta.index].data, x);
    const element = meta.data[index];
    return element && Math.abs(element.x - event.x) <= FAR_PIXELS
      ? [{ element, datasetIndex: meta.index, index }]
      : [];
  });
};

function nearestIndex(points, x) {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].x < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && x - points[low - 1].x < points[low].x - x ? low - 1 : low;
}

/** A hairline at the pointer, and the marks of what happened, numbered as in the list below. */
const linesAcross = {
  id: "convoy-lines",
  beforeDatasetsDraw(chart) {
    const marks = (chart.convoyMarks || [])
      .map((mark) => ({ ...mark, pixel: chart.scales.x.getPixelForValue(mark.x) }))
      .filter(({ pixel }) => pixel >= chart.chartArea.left && pixel <= chart.chartArea.right);
    marks.forEach((mark) => drawVertical(chart, mark.pixel, colour(mark.colour), [4, 3]));
    neighbours(marks).forEach((group) => drawMarkLabel(chart, group));
  },
  afterDatasetsDraw(chart) {
    const [first] = densestFirst(chart, chart.getActiveElements());
    if (first) {
      drawVertical(chart, first.element.x, colour("soft"), []);
    }
  },
};

/** Touched points, those of series with the most points first: they lie closest to the pointer. */
function densestFirst(chart, touched) {
  const length = ({ datasetIndex }) => chart.data.datasets[datasetIndex].data.length;
  return [...touched].sort((one, other) => length(other) - length(one));
}

function drawVertical(chart, x, lineColour, dash) {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.strokeStyle = lineColour;
  ctx.lineWidth = 1;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x, chartArea.top);
  ctx.lineTo(x, chartArea.bottom);
  ctx.stroke();
  ctx.restore();
}

/** Marks so close to each other that their labels would overlap. */
function neighbours(marks) {
  const groups = [];
  for (const mark of marks) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (last && mark.pixel - last.pixel < (LETTER_PIXELS * (last.label.length + mark.label.length + 2)) / 2) {
      group.push(mark);
    } else {
      groups.push([mark]);
    }
  }
  return groups;
}

/** Numbers as a range, after words. */
function labelOf(labels) {
  const numbers = labels.filter((label) => Number(label));
  const words = labels.filter((label) => !Number(label));
  const range = numbers.length > 1 ? [`${numbers[0]}–${numbers.at(-1)}`] : numbers;
  return [...words, ...range].join(", ");
}

/** Writes the numbers of neighbouring marks above the chart. */
function drawMarkLabel(chart, marks) {
  const { ctx, chartArea } = chart;
  const [first, last] = [marks[0], marks.at(-1)];
  const text = labelOf(marks.map((mark) => mark.label));
  ctx.save();
  ctx.font = `600 11px ${Chart.defaults.font.family}`;
  ctx.fillStyle = colour(first.colour);
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  const half = ctx.measureText(text).width / 2;
  const middle = (first.pixel + last.pixel) / 2;
  ctx.fillText(text, Math.max(half, Math.min(chart.width - half, middle)), chartArea.top - 3);
  ctx.restore();
}

Chart.register(linesAcross);

/** A chart in its frame: title, what it measures, controls, picture, legend and table. */
function chartFrame(title, unit, controls, config) {
  const canvas = make("canvas", { role: "img" });
  const table = plainTable(title);
  const details = lazyDetails("As a table", scrollBox(title + " as a table", table.element), (model) =>
    table.update(...model.table()),
  );
  const unitElement = make("span", { class: "unit" }, unit);
  const legend = make("ul", { class: "legend" });
  const element = make(
    "figure",
    { class: "chart" },
    make("figcaption", {}, heading(1, title), unitElement, make("span", { class: "controls" }, ...controls)),
    make("div", { class: "plot" }, canvas),
    legend,
    details.element,
  );
  const chart = new Chart(canvas, config);
  return {
    element,
    chart,
    legend,
    update(model) {
      applyColours(chart);
      setDatasets(chart, model.datasets);
      if (model.unit) {
        setText(unitElement, model.unit);
      }
      setAttribute(canvas, "aria-label", model.sentence);
      chart.update();
      details.update(model);
    },
  };
}

function applyColours(chart) {
  for (const scale of Object.values(chart.options.scales)) {
    scale.ticks.color = colour("soft");
    scale.grid.color = colour("grid");
    scale.border.color = colour("line");
    scale.title.color = colour("soft");
  }
  Object.assign(chart.options.plugins.tooltip, {
    backgroundColor: colour("tip"),
    titleColor: colour("tip-ink"),
    bodyColor: colour("tip-ink"),
  });
}

/** Datasets stay the same objects, by key, so that the chart changes and is not built anew. */
function setDatasets(chart, datasets) {
  const known = new Map(chart.data.datasets.map((dataset) => [dataset.key, dataset]));
  chart.data.datasets = datasets.map((dataset) => Object.assign(known.get(dataset.key) || {}, dataset));
}

function tooltipOptions(callbacks) {
  return {
    callbacks,
    itemSort: (one, other) => one.datasetIndex - other.datasetIndex,
    padding: 10,
    cornerRadius: 6,
    boxPadding: 5,
    usePointStyle: true,
    titleFont: { weight: "600" },
    caretSize: 0,
    caretPadding: 12,
  };
}

/**
 * A line chart. Its model: datasets (from {@link lineDataset}), marks, axis (title, text of a value, times or not),
 * logarithmic or not, a sentence for those who do not see it, and its table. Bounds are those of what the values can be:
 * the axis goes no further, and ends there if the values come near.
 */
function lineChart({ title, unit, controls = [], text, tick = text, fromZero = false, bounds = {} }) {
  let axis = null;
  const frame = chartFrame(title, unit, controls, {
    type: "line",
    data: { datasets: [] },
    options: {
      parsing: false,
      normalized: true,
      layout: { padding: { top: 14, right: 6 } },
      interaction: { mode: "column", intersect: false },
      scales: {
        x: {
          type: "linear",
          min: 0,
          title: { display: true },
          grid: { display: false },
          border: {},
          ticks: { maxRotation: 0, autoSkipPadding: 16, callback: (value) => (axis ? axis.tick(value) : value) },
          afterBuildTicks: (scale) => axis && axis.steps && timeTicks(scale),
        },
        y: {
          type: "linear",
          grace: fromZero ? 0 : "4%",
          beginAtZero: fromZero,
          title: { display: false },
          grid: {},
          border: { display: false },
          ticks: { maxTicksLimit: COMFORTABLE_TICKS, callback: (value) => tick(value) },
          afterBuildTicks: (scale) => scale.type === "logarithmic" && logarithmicTicks(scale),
        },
      },
      plugins: {
        tooltip: tooltipOptions({
          title: (items) => (items.length && axis ? axis.text(densestFirst(items[0].chart, items)[0].raw) : ""),
          label: (item) => ` ${item.dataset.label}: ${text(item.raw.y)}${item.raw.note ? ` (${item.raw.note})` : ""}`,
        }),
      },
    },
  });
  return {
    element: frame.element,
    legend: frame.legend,
    update(model) {
      axis = model.axis;
      const { scales } = frame.chart.options;
      scales.x.title.text = axis.title;
      scales.x.suggestedMax = model.furthest;
      scales.x.ticks.precision = axis.whole ? 0 : undefined;
      scales.y.type = model.logarithmic ? "logarithmic" : "linear";
      scales.y.ticks.autoSkip = !model.logarithmic;
      Object.assign(scales.y, model.logarithmic ? { min: undefined, max: undefined } : endsNear(model.datasets, bounds));
      frame.chart.convoyMarks = model.marks || [];
      const datasets = model.logarithmic ? model.datasets.map(positivePart) : model.datasets;
      frame.update({ ...model, datasets, table: () => lineTable(model.datasets, axis, text) });
    },
  };
}

/** Those bounds that values come near, within a tenth of their range. */
function endsNear(datasets, bounds) {
  const values = datasets.flatMap(({ data }) => data.map(({ y }) => y)).filter(isNumber);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const near = (most - least) / 10;
  return {
    min: least - near <= bounds.min ? bounds.min : undefined,
    max: most + near >= bounds.max ? bounds.max : undefined,
  };
}

function positivePart(dataset) {
  return { ...dataset, data: dataset.data.filter((point) => point.y > 0) };
}

/** Times on an axis at whole minutes, hours or days, whichever gives few of them. */
function timeTicks(scale) {
  const span = scale.max - scale.min;
  const step = TIME_STEPS.find((seconds) => span / seconds <= COMFORTABLE_TICKS) || TIME_STEPS.at(-1);
  const ticks = [];
  for (let value = Math.ceil(scale.min / step) * step; value <= scale.max; value += step) {
    ticks.push({ value });
  }
  scale.ticks = ticks;
}

/** Round values on a logarithmic axis, the fewer for each power of ten the more powers there are. */
function logarithmicTicks(scale) {
  const powers = Math.log10(scale.max / scale.min);
  const multiples = powers > 4 ? [1] : powers > 2 ? [1, 3] : powers > 0.7 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 8];
  const ticks = [];
  for (let power = Math.floor(Math.log10(scale.min)); power <= Math.log10(scale.max); power++) {
    ticks.push(...multiples.map((multiple) => ({ value: multiple * 10 ** power })));
  }
  scale.ticks = ticks.filter(({ value }) => value >= scale.min && value <= scale.max);
}

/** A series of points; thin for figures of training, which are many and scatter. */
function lineDataset(key, label, number, data, { thin = false, faint = false, radius, shape, paint } = {}) {
  const style = seriesStyle(number);
  const stroke = paint || style.colour;
  return {
    key,
    label,
    data,
    borderColor: thin ? translucent(stroke, faint ? 0.35 : 0.6) : stroke,
    backgroundColor: stroke,
    borderWidth: thin ? 1.25 : 2,
    borderDash: thin ? [] : style.dash,
    borderJoinStyle: "round",
    pointStyle: shape || style.shape,
    pointRadius: radius !== undefined ? radius : data.length === 1 ? 3 : thin || data.length > POINTS_SHOWN_SINGLY ? 0 : 3,
    pointHoverRadius: 4,
    pointBorderWidth: shape === "star" ? 2 : 0,
    order: thin ? 2 : 1,
    fill: false,
  };
}

/** The points of all series, a row for each x. */
function lineTable(datasets, axis, text) {
  const rows = new Map();
  datasets.forEach((dataset, column) => {
    for (const point of dataset.data) {
      const place = axis.text(point);
      const row = rows.get(place) || { x: point.x, cells: [place, ...datasets.map(() => "")] };
      row.cells[column + 1] = text(point.y);
      rows.set(place, row);
    }
  });
  return [
    [axis.title, ...datasets.map((dataset) => dataset.label)],
    [...rows.values()].sort((a, b) => a.x - b.x).map((row) => row.cells),
  ];
}

/** Stacked bars of seconds. Its model: labels, parts (name, word, values), title of the x axis, and a sentence. */
function stackedBars({ title, unit, controls }) {
  const frame = chartFrame(title, unit, controls, {
    type: "bar",
    data: { labels: [], datasets: [] },
    options: {
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 8, right: 6 } },
      scales: {
        x: {
          stacked: true,
          title: { display: true },
          grid: { display: false },
          border: {},
          ticks: { maxRotation: 0, autoSkipPadding: 16 },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          title: { display: false },
          grid: {},
          border: { display: false },
          ticks: { maxTicksLimit: COMFORTABLE_TICKS, callback: wholeDuration },
        },
      },
      plugins: {
        tooltip: tooltipOptions({
          title: (items) => (items.length ? items[0].label : ""),
          label: (item) => ` ${item.dataset.label}: ${duration(item.raw)}`,
          footer: (items) => "all: " + duration(sum(items.map((item) => item.raw))),
        }),
      },
    },
  });
  return {
    element: frame.element,
    legend: frame.legend,
    update(model) {
      frame.chart.data.labels = model.labels;
      frame.chart.options.scales.x.title.text = model.xTitle;
      frame.update({
        ...model,
        datasets: model.parts.map((part) => ({
          key: part.name,
          label: part.word,
          data: part.values,
          backgroundColor: colour(part.name),
          pointStyle: "rect",
          categoryPercentage: 1,
          barPercentage: model.labels.length > POINTS_SHOWN_SINGLY ? 0.9 : 0.75,
          maxBarThickness: 48,
        })),
        table: () => [
          [model.xTitle, ...model.parts.map((part) => part.word)],
          model.labels.map((label, row) => [label, ...model.parts.map((part) => duration(part.values[row]))]),
        ],
      });
    },
  };
}
