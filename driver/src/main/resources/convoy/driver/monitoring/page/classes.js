// Which classes are recognised, and which are taken for which.

/** With more classes, heads of columns stand upright, so that columns are narrow. */
const MOST_LEVEL_HEADS = 12;

function classesSection() {
  const { element, title } = section("classes", "Classes");
  const summary = make("p", { class: "note" });
  const matrix = confusionMatrix();
  const pairs = confusedPairs();
  const table = classTable();
  element.append(summary, matrix.element, make("div", { class: "grid uneven" }, table.element, pairs.element));
  return {
    element,
    update(data, view) {
      const { evaluation } = view.run;
      show(element, Boolean(evaluation));
      if (element.hidden) {
        return;
      }
      tellRun(title, data, view);
      setText(summary, evaluationText(view.run));
      const confusions = evaluation.confusions || { classes: [], matrix: [], pairs: [] };
      const nameOf = (label) => view.run.setup.classNames[label] ?? `class ${label}`;
      matrix.update(confusions.matrix, nameOf);
      table.update(confusions.classes, nameOf, view.run.setup.classes);
      pairs.update(confusions, nameOf);
    },
  };
}

function evaluationText(run) {
  const { evaluation, tested } = run;
  const epoch = tested ? tested.epoch : run.epochs.at(-1)?.epoch;
  return (
    `Model of epoch ${wholeNumber(epoch)} on the ${evaluation.split} images: ` +
    `${wholeNumber(evaluation.correct)} of ${wholeNumber(evaluation.count)} classified rightly (${percent(evaluation.accuracy)}), ` +
    `loss ${lossText(evaluation.loss)}, mean recall of the classes ${percent(evaluation.macroRecall)}, ` +
    `mean F1 ${percent(evaluation.macroF1)}` +
    (evaluation.testTimeFlip ? "; mirror images were classified, too." : ".")
  );
}

/** The matrix as a heat map: rows are true classes, and colour is the share of the row. */
function confusionMatrix() {
  const corner = make("td");
  const head = make("tr");
  const body = make("tbody");
  const table = make(
    "table",
    { class: "matrix" },
    make("caption", { class: "unseen" }, "Confusion matrix: a row per true class, a column per class it was taken for"),
    make("thead", {}, head),
    body,
  );
  const told = make("p", { class: "told", "aria-live": "polite" });
  const hint = "A row per true class, a column per class it was taken for. Point at a cell, or walk through them with the arrow keys.";
  const element = make("div", { class: "matrix-box" }, heading(1, "Confusion matrix"), told, scrollBox("Confusion matrix", table));
  let tell = () => "";
  const telling = (event) => {
    const cell = event.target.closest("td, th");
    setText(told, (cell && tell(cell)) || hint);
  };
  table.addEventListener("focusin", telling);
  table.addEventListener("mouseover", telling);
  walkByArrows(table);
  setText(told, hint);
  head.append(corner);
  return {
    element,
    update(matrix, nameOf) {
      show(element, matrix.length > 0);
      table.classList.toggle("upright", matrix.length > MOST_LEVEL_HEADS);
      setChildren(
        head,
        [null, ...matrix.keys()],
        (label) => label,
        (label) => (label === null ? corner : make("th", { scope: "col", tabIndex: -1 }, make("span"))),
        (cell, label) => label !== null && setHead(cell, nameOf(label)),
      );
      setChildren(
        body,
        matrix,
        (row, actual) => actual,
        () => make("tr", {}, make("th", { scope: "row", tabIndex: -1 }, make("span"))),
        (line, row, actual) => updateMatrixRow(line, row, actual, nameOf),
      );
      if (!table.querySelector('[tabindex="0"]')) {
        table.querySelector("tbody td")?.setAttribute("tabindex", "0");
      }
      tell = (cell) => cellText(cell, matrix, nameOf);
    },
  };
}

function setHead(cell, name) {
  setText(cell.firstElementChild, name);
  setAttribute(cell, "title", name);
}

function updateMatrixRow(line, row, actual, nameOf) {
  const all = sum(row);
  setHead(line.firstElementChild, nameOf(actual));
  row.forEach((images, predicted) => {
    if (line.children.length < predicted + 2) {
      line.append(make("td", { tabIndex: -1 }));
    }
    const cell = line.children[predicted + 1];
    const share = all > 0 ? images / all : 0;
    setText(cell, wholeNumber(images));
    setAttribute(cell, "class", predicted === actual ? "right" : images ? "wrong" : "none");
    cell.style.setProperty("--share", share.toFixed(4));
  });
  while (line.children.length > row.length + 1) {
    line.lastElementChild.remove();
  }
}

function cellText(cell, matrix, nameOf) {
  const actual = cell.closest("tbody") ? cell.parentElement.rowIndex - 1 : null;
  const predicted = cell.cellIndex - 1;
  if (actual === null) {
    return predicted >= 0 ? `Taken for ${nameOf(predicted)}` : "";
  }
  const all = sum(matrix[actual] || []);
  if (predicted < 0) {
    return `${nameOf(actual)}: ${counted(all, "image", "images")}`;
  }
  const images = matrix[actual]?.[predicted];
  const part = `${wholeNumber(images)} of ${wholeNumber(all)} (${percent(all > 0 ? images / all : null)})`;
  return actual === predicted ? `${nameOf(actual)}, recognised: ${part}` : `${nameOf(actual)}, taken for ${nameOf(predicted)}: ${part}`;
}

/** One stop of the tabulator for a whole table; arrows move within it. */
function walkByArrows(table) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const cell = event.target.closest("td, th");
    const next = step && cell && table.rows[cell.parentElement.rowIndex + step[0]]?.cells[cell.cellIndex + step[1]];
    if (next && next.hasAttribute("tabindex")) {
      event.preventDefault();
      cell.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  });
}

const CLASS_COLUMNS = [
  { name: "label", word: "Class" },
  { name: "images", word: "Images" },
  { name: "recall", word: "Recall" },
  { name: "precision", word: "Precision" },
  { name: "f1", word: "F1" },
];

/** Figures of each class, sorted by the column that was clicked. */
function classTable() {
  const order = { column: "label", descending: false };
  const body = make("tbody");
  const note = make("p", { class: "note" });
  let latest = null;
  const heads = CLASS_COLUMNS.map(({ name, word }) =>
    make("th", { scope: "col" }, make("button", { type: "button", onclick: () => sortBy(name) }, word)),
  );
  const table = make(
    "table",
    { class: "plain figures-of-classes" },
    make("caption", { class: "unseen" }, "Figures of each class; a click on a head sorts"),
    make("thead", {}, make("tr", {}, ...heads)),
    body,
  );
  const box = scrollBox("Figures of each class", table);
  box.classList.add("tall");
  const element = make("div", {}, heading(1, "Each class"), note, box);

  function sortBy(name) {
    order.descending = order.column === name ? !order.descending : name !== "label";
    order.column = name;
    draw();
  }

  function draw() {
    const { classes, nameOf } = latest;
    heads.forEach((head, column) => {
      const sorted = CLASS_COLUMNS[column].name === order.column;
      setAttribute(head, "aria-sort", sorted ? (order.descending ? "descending" : "ascending") : "none");
    });
    setChildren(body, sortedClasses(classes, order, nameOf), (figures) => figures.label, classRow, (row, figures) =>
      updateClassRow(row, figures, nameOf),
    );
  }

  return {
    element,
    update(classes, nameOf, all) {
      latest = { classes, nameOf };
      show(element, classes.length > 0);
      show(note, classes.length < all);
      setText(note, classesNote(classes.length, all));
      draw();
    },
  };
}

/** The data has no more than so many classes, those of the lowest recall. */
const MOST_CLASSES = 200;

function classesNote(shown, all) {
  return shown < MOST_CLASSES
    ? `${wholeNumber(shown)} of ${wholeNumber(all)} classes have images or were named.`
    : `The ${wholeNumber(shown)} of ${wholeNumber(all)} classes with the lowest recall.`;
}

function sortedClasses(classes, { column, descending }, nameOf) {
  const direction = descending ? -1 : 1;
  const compare =
    column === "label"
      ? (a, b) => nameOf(a.label).localeCompare(nameOf(b.label), undefined, { numeric: true }) || a.label - b.label
      : (a, b) => a[column] - b[column];
  const known = (figures) => column === "label" || isNumber(figures[column]);
  return [...classes].sort((a, b) => known(b) - known(a) || (known(a) ? direction * compare(a, b) : 0) || a.label - b.label);
}

function classRow() {
  return make("tr", {}, make("th", { scope: "row" }), make("td"), ...[0, 1, 2].map(() => make("td", { class: "share" })));
}

function updateClassRow(row, figures, nameOf) {
  const [name, images, ...shares] = row.children;
  setText(name, nameOf(figures.label));
  setAttribute(name, "title", nameOf(figures.label));
  setText(images, wholeNumber(figures.images));
  [figures.recall, figures.precision, figures.f1].forEach((value, column) => {
    setText(shares[column], percent(value));
    shares[column].style.setProperty("--share", isNumber(value) ? value.toFixed(4) : "0");
  });
}

function confusedPairs() {
  const list = make("ol", { class: "pairs" });
  const element = make("div", {}, heading(1, "Most often confused"), list);
  return {
    element,
    update({ classes, pairs }, nameOf) {
      show(element, pairs.length > 0);
      const images = new Map(classes.map((figures) => [figures.label, figures.images]));
      setChildren(
        list,
        pairs,
        (pair, index) => index,
        () => make("li", {}, make("b"), " taken for ", make("b"), make("span")),
        (item, pair) => {
          const [actual, predicted, share] = item.children;
          const all = images.get(pair.actual);
          setText(actual, nameOf(pair.actual));
          setText(predicted, nameOf(pair.predicted));
          const rest = isNumber(all) ? ` of ${wholeNumber(all)}` : pair.images === 1 ? " time" : " times";
          setText(share, `, ${wholeNumber(pair.images)}${rest}`);
        },
      );
    },
  };
}
