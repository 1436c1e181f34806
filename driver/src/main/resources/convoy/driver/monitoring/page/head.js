// The head of the page: what is trained, how far it is, and what came of it.

const SHORT_NAME = 3;

function headSection() {
  const name = heading(0);
  const state = make("span", { class: "state" });
  const summary = make("p", { class: "summary" });
  const figures = make("dl", { class: "figures" });
  const bar = progressBar("Rounds done");
  const result = make("div", { class: "result" });
  const facts = make("dl", { class: "facts" });
  const element = make(
    "section",
    { class: "run-head", hidden: true, "aria-label": "The training run" },
    make("div", { class: "title-line" }, name, state),
    summary,
    figures,
    bar.element,
    result,
    facts,
  );
  return {
    element,
    update(data, view) {
      const run = view.run;
      setText(name, headName(run, view.names.get(run.run)));
      setState(state, run, data.live);
      setText(summary, summaryText(run));
      setPairs(figures, figuresOf(run, data.live));
      bar.update({ done: run.roundsDone, all: run.setup.rounds, unit: "rounds", state: run.state });
      setPairs(facts, factsOf(run));
      setTexts(result, resultTexts(run), "p");
      show(result, result.children.length > 0);
    },
  };
}

/** A short end such as 07 says little alone: the folder before it says of what. */
function headName(run, name) {
  const [folder, last] = run.run.replace(/\/+$/, "").split("/").slice(-2);
  return name.length <= SHORT_NAME && last ? `${folder}/${last}` : name;
}

/** Terms and what is said of them, as a definition list. */
function setPairs(list, pairs) {
  setChildren(
    list,
    pairs,
    ([term]) => term,
    () => make("div", {}, make("dt"), make("dd")),
    (pair, [term, text, note]) => {
      setText(pair.children[0], term);
      setTexts(pair.children[1], note ? [text, note] : [text], "span");
    },
  );
}

function setState(element, run, live) {
  const { word, sign } = stateOf(run, live);
  setTexts(element, [sign, word], "span");
  setAttribute(element.firstElementChild, "aria-hidden", "true");
  setAttribute(element, "data-state", run.state);
}

function progressBar(name) {
  const part = make("div");
  const element = make(
    "div",
    { class: "bar", role: "progressbar", "aria-label": name, "aria-valuemin": "0" },
    part,
  );
  return {
    element,
    update({ done, all, unit, state }) {
      const share = all > 0 ? Math.min(1, done / all) : 0;
      part.style.width = 100 * share + "%";
      setAttribute(element, "aria-valuemax", all);
      setAttribute(element, "aria-valuenow", done);
      setAttribute(
        element,
        "aria-valuetext",
        `${wholeNumber(done)} of ${wholeNumber(all)} ${unit}, ${partPercent(share)}`,
      );
      setAttribute(element, "data-state", state);
    },
  };
}

function summaryText(run) {
  const { setup } = run;
  return `${setup.network} on ${lastPart(setup.data)}: ${parallelism(setup)}`;
}

/** K x H x B where the number of steps is fixed, and in words where it changes. */
function parallelism({ replicas, batchSize, roundLength }) {
  const replicasText = counted(replicas, "replica", "replicas");
  const imagesText = counted(batchSize, "image", "images");
  const every = /^averaged every (\d+)$/.exec(roundLength);
  return every
    ? `${replicasText} × ${counted(Number(every[1]), "step", "steps")} × ${imagesText}`
    : `${replicasText} × ${imagesText}, ${roundLength}`;
}

function figuresOf(run, live) {
  const { setup } = run;
  const pairs = [
    ["Epoch", wholeNumber(run.epoch), `of ${wholeNumber(setup.epochs)}`],
    ["Rounds", wholeNumber(run.roundsDone), `of ${wholeNumber(setup.rounds)}`],
    ["Images per second", speed(run.imagesPerSecond)],
  ];
  if (live && !run.ended && isNumber(run.secondsLeft)) {
    pairs.push(["Time left", duration(run.secondsLeft), `after ${duration(secondsTaken(run))}`]);
  } else {
    pairs.push(["Time taken", duration(secondsTaken(run))]);
  }
  const split = `${setup.split} accuracy`;
  pairs.push([`Last ${split}`, percent(run.lastAccuracy), epochNote(run.epochs.at(-1)?.epoch)]);
  pairs.push([`Best ${split}`, percent(run.bestAccuracy), epochNote(run.bestEpoch)]);
  return pairs;
}

function epochNote(epoch) {
  return epoch ? `epoch ${wholeNumber(epoch)}` : null;
}

/** Since this attempt began. */
function secondsTaken(run) {
  return Math.max(0, ((run.ended?.time || run.updated) - run.setup.time) / 1000);
}

function factsOf(run) {
  const { setup } = run;
  const images = Object.entries(setup.images || {}).map(([split, number]) => `${wholeNumber(number)} ${split}`);
  return [
    ["Network", `${setup.network}, ${wholeNumber(setup.parameters)} parameters`],
    ["Images", [...images, counted(setup.classes, "class", "classes")].join(", ")],
    ["Runs on", `${setup.engine}, ${setup.precision}, ${setup.device === "gpu" ? "GPU" : "CPU"}`],
    ["Begun", moment(setup.time) + (setup.resumedRounds > 0 ? `, resumed after round ${wholeNumber(setup.resumedRounds)}` : "")],
    ["Data", setup.data],
    ["Output", run.run],
  ];
}

function resultTexts(run) {
  const { ended } = run;
  if (!ended) {
    return [];
  }
  const texts = [];
  const word = { FINISHED: "Finished", DIVERGED: "Diverged", FAILED: "Failed" }[ended.outcome] || ended.outcome;
  const published = ended.model ? `, with the model of epoch ${wholeNumber(ended.epoch)}` : ", without a model";
  const accuracy = isNumber(ended.testAccuracy) ? ` of ${percent(ended.testAccuracy)} test accuracy` : "";
  texts.push(`${word} at ${moment(ended.time)}${published}${accuracy}.`);
  if (ended.message) {
    texts.push(ended.message);
  }
  if (ended.model) {
    texts.push(`Model: ${ended.model}`);
    texts.push(`SHA-256 of its parameters: ${ended.sha256 || NOTHING}`);
  }
  return texts;
}
