// The whole page: what is chosen, and where its data comes from.

const POLL_MILLIS = 2_000;
const HIDDEN_POLL_MILLIS = 15_000;
const MOST_POLL_MILLIS = 30_000;
const ANSWER_MILLIS = 10_000;
const MOST_DRAWN_AT_FIRST = 8;

/** What the reader chose; until then the page chooses. */
const chosen = { run: null, drawn: new Map(), axis: "round" };
let data = JSON.parse(document.getElementById("convoy-data").textContent);

const actions = {
  choose(run) {
    chosen.run = run;
    render();
  },
  draw(run, drawn) {
    chosen.drawn.set(run, drawn);
    render();
  },
  setAxis(axis) {
    chosen.axis = axis;
    render();
  },
  redraw: render,
};

const empty = make("p", { class: "note", hidden: true }, "No training run or prediction has started in this application yet.");
const connection = connectionLine();
const predictions = predictionsSection();
/** Those of an application that trains stand below its curves. */
const mishaps = mishapList();
const settings = settingsSection();
const sectionsOfRuns = [
  headSection(),
  runsSection(actions),
  curvesSection(actions),
  timesSection(actions),
  replicasSection(),
  classesSection(),
  picturesSection(),
  settings,
];

function viewOf({ runs }) {
  const run = runs.find((each) => each.run === chosen.run) || runOfInterest(runs);
  const names = distinguishingEnds(runs.map((each) => each.run));
  const first = Math.max(0, runs.length - MOST_DRAWN_AT_FIRST);
  const drawn = runs.filter((each, index) => chosen.drawn.get(each.run) ?? (index >= first || each === run));
  return { run, names, drawn: new Set(drawn.map((each) => each.run)), axis: chosen.axis };
}

/** The run that goes on, or else the best. */
function runOfInterest(runs) {
  const going = runs.filter((run) => run.state === "RUNNING").at(-1);
  return going || runs.reduce((best, run) => ((run.bestAccuracy ?? -1) > (best?.bestAccuracy ?? -1) ? run : best), runs.at(-1));
}

function render() {
  const anyRun = data.runs.length > 0;
  const anyPrediction = (data.predictions || []).length > 0;
  show(empty, !anyRun && !anyPrediction);
  connection.update(data);
  predictions.update(data);
  if (anyRun) {
    const view = viewOf(data);
    show(sectionsOfRuns[0].element, true);
    sectionsOfRuns.forEach((each) => each.update(data, view));
  } else {
    sectionsOfRuns.forEach((each) => show(each.element, false));
  }
  mishaps.update(anyRun ? { mishaps: [] } : data);
}

/** Whether the figures are those of now. */
function connectionLine() {
  const updated = make("span");
  const trouble = make("span", { class: "trouble", role: "status" });
  const element = make("p", { class: "connection" }, updated, trouble);
  return {
    element,
    update({ live, time }) {
      setText(updated, live ? `Live. As of ${clockTime(time)}.` : `As of ${moment(time)}.`);
    },
    lost(since) {
      setText(updated, "");
      setText(trouble, `The driver has not answered since ${clockTime(since)}. The figures are the last that it gave.`);
    },
    found() {
      setText(trouble, "");
    },
  };
}

async function answerOf(address) {
  const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MILLIS) });
  if (!response.ok) {
    throw new Error("status " + response.status);
  }
  return response.text();
}

/** Asks for new figures for as long as the application runs: less often while nobody looks or answers. */
function poll() {
  const folder = location.pathname.replace(/\/?$/, "/");
  let answered = data.time;
  let failures = 0;
  let timer = null;
  let latest = "";

  async function ask() {
    timer = null;
    try {
      const text = await answerOf(folder + "json/");
      data = text === latest ? data : JSON.parse(text);
      failures = 0;
      answered = Date.now();
      connection.found();
      if (text !== latest) {
        latest = text;
        requestAnimationFrame(render);
      }
    } catch (failure) {
      failures++;
      connection.lost(answered);
    }
    if (data.live) {
      timer = setTimeout(ask, pause());
    }
  }

  function pause() {
    return Math.min(MOST_POLL_MILLIS, (document.hidden ? HIDDEN_POLL_MILLIS : POLL_MILLIS) * 2 ** Math.min(failures, 5));
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && timer !== null) {
      clearTimeout(timer);
      ask();
    }
  });
  timer = setTimeout(ask, POLL_MILLIS);
}

root.append(connection.element, empty);
root.append(...sectionsOfRuns.slice(0, -1).map((each) => each.element), predictions.element, mishaps.element, settings.element);
render();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
if (data.live) {
  poll();
}
