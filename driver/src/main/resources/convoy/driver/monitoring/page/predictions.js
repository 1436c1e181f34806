// Prediction jobs: how far each is, what its rows hold, and pictures of the surest, the least sure and the wrong ones.

const OWN_PICTURE = /^data:image\/jpeg;base64,[A-Za-z0-9+/]+={0,2}$/;

function predictionsSection() {
  const element = make("div", { class: "predictions" });
  return {
    element,
    update(data) {
      const predictions = data.predictions || [];
      show(element, predictions.length > 0);
      setChildren(
        element,
        predictions,
        (prediction, index) => index,
        () => {
          const made = predictionPart();
          return Object.assign(made.element, { showPrediction: made.update });
        },
        (child, prediction) => child.showPrediction(prediction, data.live),
      );
    },
  };
}

function predictionPart() {
  const name = heading(0);
  name.id = uniqueId("prediction");
  const state = make("span", { class: "state" });
  const summary = make("p", { class: "summary" });
  const figures = make("dl", { class: "figures" });
  const bar = progressBar("Files done");
  const result = make("div", { class: "result" });
  const facts = make("dl", { class: "facts" });
  const labels = labelCounts();
  const unreadable = unreadableFiles();
  const pictures = [
    { of: "wrong", title: "Wrong, the surest first" },
    { of: "leastSure", title: "Least sure" },
    { of: "surest", title: "Surest" },
  ].map((group) => ({ ...group, shown: pictureGroup(group.title) }));
  const element = make(
    "section",
    { class: "prediction", "aria-labelledby": name.id },
    make("div", { class: "title-line" }, name, state),
    summary,
    figures,
    bar.element,
    result,
    facts,
    make("div", { class: "grid uneven" }, labels.element, unreadable.element),
    ...pictures.map(({ shown }) => shown.element),
  );
  return {
    element,
    update(prediction, live) {
      const { setup, ended } = prediction;
      const rows = ended?.figures;
      setText(name, `Predictions for ${lastPart(setup.images)}`);
      setState(state, prediction, live);
      setText(summary, predictionSummary(setup));
      setPairs(figures, predictionFigures(prediction, live));
      bar.update({ done: prediction.filesDone, all: setup.files, unit: "files", state: prediction.state });
      setTexts(result, predictionResult(ended), "p");
      show(result, result.children.length > 0);
      setPairs(facts, predictionFacts(setup));
      labels.update(rows, setup.classes);
      unreadable.update(rows, setup.images);
      pictures.forEach(({ of, shown }) => shown.update(picturesOf(rows, of), setup.images));
    },
  };
}

function predictionSummary(setup) {
  return `${counted(setup.files, "file", "files")}, classified by ${setup.network} as one of ${counted(setup.classes, "class", "classes")}`;
}

function predictionFigures(prediction, live) {
  const { setup, ended } = prediction;
  const rows = ended?.figures;
  const seconds = Math.max(0, (prediction.updated - setup.time) / 1000);
  const pairs = [
    ["Files done", wholeNumber(prediction.filesDone), `of ${wholeNumber(setup.files)}`],
    ["Files per second", speed(prediction.filesPerSecond)],
  ];
  if (live && !ended && isNumber(prediction.secondsLeft)) {
    pairs.push(["Time left", duration(prediction.secondsLeft), `after ${duration(seconds)}`]);
  } else {
    pairs.push(["Time taken", duration(seconds)]);
  }
  pairs.push(["Unreadable files", wholeNumber(prediction.unreadable), unreadableShare(prediction)]);
  if (rows?.comparison) {
    const { accuracy, correct, files } = rows.comparison;
    pairs.push(["Accuracy", percent(accuracy), `${wholeNumber(correct)} of ${wholeNumber(files)}`]);
  }
  return pairs;
}

function unreadableShare({ unreadable, filesDone }) {
  return unreadable > 0 ? shortPercent(unreadable / filesDone) : null;
}

function predictionFacts(setup) {
  return [
    ["Model", setup.model],
    ["Images", setup.images],
    ["Rows", setup.output],
    ["Begun", moment(setup.time)],
  ];
}

function predictionResult(ended) {
  if (!ended) {
    return [];
  }
  const texts = [`${ended.outcome === "FINISHED" ? "Finished" : "Failed"} at ${moment(ended.time)}.`];
  if (ended.message) {
    texts.push(ended.message);
  }
  const elsewhere = ended.figures?.comparison?.elsewhere;
  if (elsewhere > 0) {
    texts.push(
      elsewhere === 1
        ? "1 classified file lies in a folder named after no class and does not count in the accuracy."
        : `${wholeNumber(elsewhere)} classified files lie in folders named after no class and do not count in the accuracy.`,
    );
  }
  return texts;
}

/** Of few files, the least sure are among the surest: none is shown in both. */
function picturesOf(rows, group) {
  const pictures = rows?.[group] || [];
  if (group !== "surest") {
    return pictures;
  }
  const leastSure = new Set((rows?.leastSure || []).map(({ path }) => path));
  return pictures.filter(({ path }) => !leastSure.has(path));
}

/** How many files each class was predicted for, as bars. */
function labelCounts() {
  const note = make("p", { class: "note" });
  const list = make("ul", { class: "label-counts" });
  const box = scrollBox("Files by predicted class", list);
  box.classList.add("tall");
  const element = make("div", {}, heading(1, "Predicted classes"), note, box);
  return {
    element,
    update(rows, classes) {
      const labels = rows?.labels || [];
      show(element, labels.length > 0);
      if (element.hidden) {
        return;
      }
      const predicted = labels.length + rows.otherLabels;
      setText(note, predicted < classes ? `${wholeNumber(classes - predicted)} of ${wholeNumber(classes)} classes were not predicted.` : "");
      show(note, predicted < classes);
      const bars = labels.map(({ label, files }) => ({ text: label, files, share: files / labels[0].files }));
      if (rows.otherLabels > 0) {
        bars.push({ text: counted(rows.otherLabels, "other class", "other classes"), files: rows.otherFiles, share: 0 });
      }
      setChildren(
        list,
        bars,
        (each, index) => index,
        () => make("li", {}, make("span"), make("i", { "aria-hidden": "true" }), make("b")),
        (item, { text, files, share }) => {
          const [label, bar, count] = item.children;
          setText(label, text);
          setAttribute(label, "title", text);
          bar.style.setProperty("--share", share.toFixed(4));
          setText(count, `${wholeNumber(files)} · ${partPercent(files / rows.classified)}`);
        },
      );
    },
  };
}

/** Files that could not be read, by reason, with a few of them. */
function unreadableFiles() {
  const list = make("ul", { class: "unreadable" });
  const element = make("div", {}, heading(1, "Unreadable files"), list);
  return {
    element,
    update(rows, images) {
      const reasons = [...(rows?.unreadable || [])].sort((a, b) => b.files - a.files);
      show(element, reasons.length > 0);
      setChildren(
        list,
        reasons,
        ({ reason }) => reason,
        () => make("li", {}, make("b"), make("span"), make("ul")),
        (item, { reason, files, examples }) => {
          const [code, count, some] = item.children;
          setText(code, reason);
          setText(count, examples.length < files ? `${wholeNumber(files)} files, such as` : counted(files, "file", "files"));
          setChildren(
            some,
            examples,
            ({ path }) => path,
            () => make("li", {}, make("span", { class: "path" }), make("span")),
            (line, { path, sentence }) => {
              setText(line.children[0], shortPath(path, images));
              setAttribute(line.children[0], "title", path);
              setText(line.children[1], sentence);
            },
          );
        },
      );
    },
  };
}

function pictureGroup(title) {
  const list = make("ul", { class: "pictures" });
  const element = make("div", { class: "picture-group" }, heading(1, title), list);
  return {
    element,
    update(pictures, images) {
      show(element, pictures.length > 0);
      setChildren(
        list,
        pictures,
        ({ path }, index) => path ?? index,
        () => make("li", {}, pictureFigure()),
        (item, picture) => updateFigure(item.firstElementChild, picture, images),
      );
    },
  };
}

function pictureFigure() {
  const caption = make(
    "figcaption",
    {},
    make("span", { class: "said" }, make("b"), make("span")),
    make("span", { class: "truth" }),
    make("span", { class: "path" }),
  );
  return make("figure", {}, make("div", { class: "frame" }, make("img", { alt: "" })), caption);
}

function updateFigure(figure, { path, label, probability, actual, picture }, images) {
  const image = figure.querySelector("img");
  const [said, truth, file] = figure.querySelector("figcaption").children;
  const own = OWN_PICTURE.test(picture);
  show(image, own);
  if (own) {
    setAttribute(image, "src", picture);
  }
  setText(said.firstElementChild, label);
  setText(said.lastElementChild, surePercent(probability));
  show(truth, isKnown(actual) && actual !== label);
  setText(truth, `is ${actual}`);
  show(file, isKnown(path));
  if (isKnown(path)) {
    setText(file, shortPath(path, images));
    setAttribute(file, "title", path);
  }
}

function isKnown(value) {
  return value !== null && value !== undefined;
}

/** Never 100 % of what is less than 1. */
function surePercent(probability) {
  return isNumber(probability) && probability < 1 && probability > 0.9999 ? "> 99.99" + NARROW_SPACE + "%" : percent(probability);
}

/** A path as it continues that of all images. */
function shortPath(path, images) {
  const folder = String(images).replace(/\/+$/, "") + "/";
  return String(path).startsWith(folder) ? path.slice(folder.length) : path;
}
