// Loss, accuracy, learning rate and speed of the drawn runs over each other, and what went wrong meanwhile.

/** Figures of training scatter: those of more runs than this are drawn paler. */
const MOST_CLEAR_RUNS = 3;

function curvesSection(actions) {
  const { element } = section("curves", "Curves");
  const controls = choice("Along", AXES, "round", actions.setAxis);
  const key = make("ul", { class: "legend" });
  const logarithmic = { loss: false, rate: false };
  const logToggle = (name) => toggle("Log scale", (on) => {
    logarithmic[name] = on;
    actions.redraw();
  });
  const charts = {
    loss: lineChart({
      bounds: { min: 0 },
      title: "Loss",
      unit: "mean cross-entropy, nats",
      controls: [logToggle("loss")],
      text: lossText,
      tick: (value) => significant(value, 3),
    }),
    accuracy: lineChart({ title: "Accuracy", unit: "share of images classified rightly", text: percent, tick: shortPercent, bounds: { min: 0, max: 1 } }),
    rate: lineChart({
      title: "Learning rate",
      unit: "of the last step",
      controls: [logToggle("rate")],
      text: learningRateText,
      fromZero: true,
    }),
    speed: lineChart({ title: "Images per second", unit: "all replicas together", text: speed, tick: wholeNumber, fromZero: true }),
  };
  const mishaps = mishapList();
  const none = make("p", { class: "note" }, "No round has ended yet.");
  const top = make("div", { class: "section-controls" }, controls, key);
  const grid = make("div", { class: "grid" }, ...Object.values(charts).map((chart) => chart.element));
  element.append(none, top, grid, mishaps.element);
  return {
    element,
    update(data, view) {
      show(element, true);
      mishaps.update(data);
      const begun = data.runs.some((run) => run.rounds.index.length > 0);
      show(none, !begun);
      show(top, begun);
      show(grid, begun);
      if (!begun) {
        return;
      }
      const runs = drawnRuns(data, view);
      const axis = axisOf(view.axis);
      const marks = marksOf(view.run, data.mishaps || [], view.axis);
      const curves = Object.entries(CURVES).map(([name, figures]) => ({
        name,
        datasets: runs.flatMap((drawn) => curvesOf(drawn, figures, view)),
        sentence: curvesSentence(name, runs, figures),
        logarithmic: logarithmic[name],
      }));
      const furthest = Math.max(0, ...curves.flatMap(({ datasets }) => datasets.map(({ data: points }) => points.at(-1)?.x ?? 0)));
      curves.forEach((curve) => charts[curve.name].update({ ...curve, axis, marks, furthest }));
      updateKey(key, runs);
    },
  };
}

/** What each chart shows of the rounds, of the epochs' evaluations, and of the test of the model to be published. */
const CURVES = {
  loss: {
    text: lossText,
    ofRounds: (rounds) => rounds.trainLoss,
    ofEvaluation: (evaluation) => evaluation?.loss,
    best: (values) => Math.min(...values),
    bestWord: "lowest",
  },
  accuracy: {
    text: percent,
    ofRounds: (rounds) => rounds.trainAccuracy,
    ofEvaluation: (evaluation) => evaluation?.accuracy,
    best: (values) => Math.max(...values),
    bestWord: "highest",
  },
  rate: { text: learningRateText, ofRounds: (rounds) => rounds.learningRate },
  speed: { text: speed, ofRounds: (rounds) => rounds.imagesPerSecond },
};

function drawnRuns(data, view) {
  return data.runs
    .map((run, number) => ({ run, number, name: view.names.get(run.run) }))
    .filter(({ run }) => view.drawn.has(run.run));
}

function curvesOf({ run, number, name }, figures, view) {
  const places = placesOf(run, view.axis);
  const prefix = view.drawn.size > 1 ? name + ", " : "";
  const evaluated = Boolean(figures.ofEvaluation);
  const curves = [
    lineDataset(`${run.run} rounds`, prefix + "training", number, roundPoints(run, figures.ofRounds(run.rounds), places), {
      thin: evaluated,
      radius: 0,
      faint: view.drawn.size > MOST_CLEAR_RUNS,
    }),
  ];
  if (!evaluated) {
    curves[0].label = view.drawn.size > 1 ? name : "training";
    return curves;
  }
  const split = run.setup.split;
  const measured = epochPoints(run, (epoch) => figures.ofEvaluation(epoch.evaluation), places);
  const curve = lineDataset(`${run.run} epochs`, prefix + split, number, measured);
  if (view.drawn.size > 1 && run === view.run) {
    curve.borderWidth = 3;
  }
  curves.push(curve);
  const tested = testedPoint(run, figures, places);
  if (tested) {
    curves.push(lineDataset(`${run.run} tested`, prefix + "test of the model", number, [tested], { shape: "star", radius: 7 }));
  }
  return curves;
}

function testedPoint(run, figures, places) {
  if (!run.tested) {
    return null;
  }
  const epoch = run.epochs.find((each) => each.epoch === run.tested.epoch) || { epoch: run.tested.epoch, time: run.tested.time };
  const y = figures.ofEvaluation(run.tested.evaluation);
  const x = places.ofEpoch(epoch);
  return isNumber(x) && isNumber(y) ? { x, y, epoch: epoch.epoch } : null;
}

function curvesSentence(name, runs, figures) {
  const titles = { loss: "Loss", accuracy: "Accuracy", rate: "Learning rate", speed: "Images per second" };
  return `${titles[name]}. ` + (runs.map((drawn) => runSentence(drawn, figures)).join(" ") || "No run is drawn.");
}

function runSentence({ run, name }, figures) {
  const values = figures.ofRounds(run.rounds).filter(isNumber);
  if (values.length === 0) {
    return `${name}: no round yet.`;
  }
  const training = `${figures.text(values.at(-1))} in training at round ${wholeNumber(run.roundsDone)}`;
  const measured = figures.ofEvaluation
    ? run.epochs.filter((epoch) => isNumber(figures.ofEvaluation(epoch.evaluation)))
    : [];
  if (measured.length === 0) {
    return `${name}: ${training}.`;
  }
  const last = figures.ofEvaluation(measured.at(-1).evaluation);
  const best = figures.best(measured.map((epoch) => figures.ofEvaluation(epoch.evaluation)));
  return (
    `${name}: ${training}; ${figures.text(last)} on ${run.setup.split} images after epoch ${measured.at(-1).epoch}, ` +
    `${figures.bestWord} ${figures.text(best)}.`
  );
}

/** What lines mean: of one run both kinds, of several each run's colour and shape. */
function updateKey(key, runs) {
  const splits = [...new Set(runs.map(({ run }) => run.setup.split))].join(" or ");
  const kinds = runs.length === 0 ? [] : [
    { id: `training ${runs[0].number}`, number: runs[0].number, thin: true, text: "training, each round" },
    { id: `epoch ${runs[0].number}`, number: runs[0].number, thin: false, text: `${splits}, each epoch` },
  ];
  const tested = runs.filter(({ run }) => run.tested).map(() => ({ id: "tested", text: "✱ test of the model to be published" })).slice(0, 1);
  const each = runs.length > 1 ? runs.map(({ run, number, name }) => ({ id: run.run, number, thin: false, text: name })) : [];
  setChildren(
    key,
    [...each, ...kinds, ...tested],
    ({ id }) => id,
    ({ number, thin }) => make("li", {}, number === undefined ? null : swatch(number, thin), make("span")),
    (item, { text }) => setText(item.lastElementChild, text),
  );
}

const MISHAP_WORDS = {
  TASK_RETRIED: "Task retried",
  EXECUTOR_LOST: "Executor lost",
  RESUMED: "Resumed",
};

/** What went wrong, numbered as the marks of the curves are. */
function mishapList() {
  const title = heading(1, "Mishaps");
  const list = make("ol");
  const leftOut = make("p", { class: "note" });
  const element = make("div", { class: "mishaps" }, title, list, leftOut);
  return {
    element,
    update(data) {
      const mishaps = data.mishaps || [];
      show(element, mishaps.length > 0);
      setChildren(
        list,
        mishaps,
        (mishap, index) => index,
        () => make("li", {}, make("time"), make("strong"), make("span")),
        (item, mishap) => {
          const [time, kind, text] = item.children;
          setText(time, moment(mishap.time));
          setText(kind, MISHAP_WORDS[mishap.kind] || String(mishap.kind).toLowerCase().replaceAll("_", " "));
          setText(text, mishap.text);
        },
      );
      show(leftOut, data.mishapsLeftOut > 0);
      setText(leftOut, `${counted(data.mishapsLeftOut, "other is", "others are")} left out.`);
    },
  };
}
