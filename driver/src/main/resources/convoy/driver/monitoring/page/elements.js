// Parts of the page. All text from the data becomes text nodes or attributes, never markup.

const root = document.getElementById("convoy");
const firstHeadingLevel = Number(root.dataset.heading);
let elementsNumbered = 0;

/** An element; of its properties, class and those with a hyphen are attributes, on... are listeners. */
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name === "class") {
      element.className = value;
    } else if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name.includes("-") || name === "role" || name === "for" || name === "scope") {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function heading(depth, ...children) {
  return make("h" + Math.min(6, firstHeadingLevel + depth), { class: `head-${depth}` }, ...children);
}

function uniqueId(purpose) {
  return `convoy-${purpose}-${++elementsNumbered}`;
}

/** A part of the page with a heading. */
function section(name, title) {
  const titleElement = heading(0, title);
  titleElement.id = uniqueId(name);
  const element = make("section", { class: name, hidden: true, "aria-labelledby": titleElement.id }, titleElement);
  return { element, title: titleElement };
}

/** Says in a section's title which run it is about, if there are several. */
function tellRun(title, data, view) {
  if (!title.run) {
    title.run = make("span", { class: "of-run" });
    title.append(" ", title.run);
  }
  show(title.run, data.runs.length > 1);
  setText(title.run, view.names.get(view.run.run));
}

/** Sets a text, and leaves the element alone if it has it, so that what a reader has selected stays. */
function setText(element, text) {
  const wanted = text === null || text === undefined ? NOTHING : String(text);
  if (element.textContent !== wanted) {
    element.textContent = wanted;
  }
}

function setAttribute(element, name, value) {
  const wanted = String(value);
  if (element.getAttribute(name) !== wanted) {
    element.setAttribute(name, wanted);
  }
}

function show(element, shown) {
  if (element.hidden === shown) {
    element.hidden = !shown;
  }
}

/** Makes an element have one child per item: children of items that stay are kept, and updated. */
function setChildren(parent, items, key, create, update) {
  const kept = parent.keyedChildren || new Map();
  const wanted = new Map();
  items.forEach((item, index) => {
    const itemKey = key(item, index);
    const child = kept.get(itemKey) || create(item, index);
    wanted.set(itemKey, child);
    if (update) {
      update(child, item, index);
    }
    if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] || null);
    }
  });
  while (parent.children.length > wanted.size) {
    parent.lastElementChild.remove();
  }
  parent.keyedChildren = wanted;
}

/** Texts in the order of a list, each in an element of the kind. */
function setTexts(parent, texts, tag, properties) {
  setChildren(
    parent,
    texts,
    (text, index) => index,
    () => make(tag, properties),
    setText,
  );
}

/** One of a few values, as radio buttons side by side. */
function choice(title, values, chosen, changed) {
  const name = uniqueId("choice");
  const options = Object.entries(values).map(([value, word]) =>
    make(
      "label",
      {},
      make("input", { type: "radio", name, value, checked: value === chosen, onchange: () => changed(value) }),
      make("span", {}, word),
    ),
  );
  return make("fieldset", { class: "choice" }, make("legend", {}, title), make("div", {}, ...options));
}

/** A button that is on or off. */
function toggle(word, changed) {
  const button = make("button", { type: "button", class: "toggle", "aria-pressed": "false" }, word);
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(pressed));
    changed(pressed);
  });
  return button;
}

/** A box whose content scrolls sideways, by keyboard as well. */
function scrollBox(name, ...children) {
  return make("div", { class: "scroll", role: "region", "aria-label": name, tabIndex: 0 }, ...children);
}

/** A table of plain texts: the first cell of each row is its header. */
function plainTable(caption) {
  const head = make("tr");
  const body = make("tbody");
  const element = make("table", { class: "plain" }, make("caption", { class: "unseen" }, caption), make("thead", {}, head), body);
  return {
    element,
    update(columns, rows) {
      setTexts(head, columns, "th", { scope: "col" });
      setChildren(
        body,
        rows,
        (row, index) => index,
        (row) => make("tr", {}, ...row.map((text, column) => (column ? make("td") : make("th", { scope: "row" })))),
        (line, row) => {
          while (line.children.length < row.length) {
            line.append(make("td"));
          }
          while (line.children.length > row.length) {
            line.lastElementChild.remove();
          }
          row.forEach((text, column) => setText(line.children[column], text));
        },
      );
    },
  };
}

/** Details whose content is made when they are opened, and kept up to date while they are open. */
function lazyDetails(summary, content, update) {
  const element = make("details", {}, make("summary", {}, summary));
  let latest = null;
  let filled = false;
  const refresh = () => {
    if (element.open && latest) {
      if (!filled) {
        element.append(content);
        filled = true;
      }
      update(latest);
    }
  };
  element.addEventListener("toggle", refresh);
  return {
    element,
    update(model) {
      latest = model;
      refresh();
    },
  };
}

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}
