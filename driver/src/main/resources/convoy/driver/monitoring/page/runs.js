// The table of runs, if there are several: which are drawn, and which one the rest of the page is about.

const MOST_DIFFERENCES = 3;

function runsSection(actions) {
  const { element, title } = section("runs", "Training runs");
  const body = make("tbody");
  const columns = ["Drawn", "Details", "State", "Best accuracy", "Epochs", "Images/s", "Differs in"];
  const head = make("tr", {}, ...columns.map((word) => make("th", { scope: "col" }, word)));
  const table = make("table", { class: "plain" }, make("caption", { class: "unseen" }, "Training runs"), make("thead", {}, head), body);
  element.append(scrollBox("Training runs", table));
  return {
    element,
    update(data, view) {
      show(element, data.runs.length > 1);
      setText(title, `${wholeNumber(data.runs.length)} training runs`);
      const different = differingKeys(data.runs);
      show(head.lastElementChild, different.length > 0);
      setChildren(
        body,
        data.runs,
        (run) => run.run,
        (run, index) => runRow(run, index, actions),
        (row, run) => updateRow(row, run, data, view, different),
      );
    },
  };
}

function runRow(run, number, actions) {
  const drawn = make("input", { type: "checkbox", onchange: () => actions.draw(run.run, drawn.checked) });
  const chosen = make("input", { type: "radio", name: "convoy-run", onchange: () => actions.choose(run.run) });
  const name = make("span", { class: "name" });
  const row = make(
    "tr",
    {},
    make("td", {}, make("label", { class: "drawn" }, drawn, swatch(number))),
    make("th", { scope: "row" }, make("label", {}, chosen, name)),
    ...[0, 1, 2, 3, 4].map(() => make("td")),
  );
  return Object.assign(row, { parts: { drawn, chosen, name } });
}

function updateRow(row, run, data, view, different) {
  const { drawn, chosen, name } = row.parts;
  const { word, sign } = stateOf(run, data.live);
  setText(name, view.names.get(run.run));
  setAttribute(name, "title", run.run);
  setAttribute(drawn, "aria-label", "Draw " + view.names.get(run.run));
  drawn.checked = view.drawn.has(run.run);
  chosen.checked = run === view.run;
  setAttribute(row, "data-chosen", run === view.run);
  const [, , state, accuracy, epochs, pace, differences] = row.children;
  setText(state, `${sign} ${word}`);
  setText(accuracy, percent(run.bestAccuracy));
  setText(epochs, `${wholeNumber(run.epoch)} of ${wholeNumber(run.setup.epochs)}`);
  setText(pace, speed(run.imagesPerSecond));
  show(differences, different.length > 0);
  setText(differences, differencesText(run, different));
}

/** The settings that are not the same in all runs. */
function differingKeys(runs) {
  const settings = runs.map((run) => run.setup.configuration || {});
  const keys = new Set(settings.flatMap((each) => Object.keys(each)));
  return [...keys].filter((key) => settings.some((each) => each[key] !== settings[0][key])).sort();
}

function differencesText(run, keys) {
  const texts = keys.slice(0, MOST_DIFFERENCES).map((key) => `${key} ${run.setup.configuration?.[key] ?? NOTHING}`);
  const more = keys.length - texts.length;
  return texts.join(", ") + (more > 0 ? `, and ${more} more` : "");
}
