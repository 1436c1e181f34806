// Colours come from the style sheet, which has them for light and dark. Series differ in shape and dashes as well.

const SHAPES = ["circle", "triangle", "rect", "rectRot"];
const SERIES_COLOURS = 7;
const SHAPE_PATHS = {
  circle: "M14 2.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z",
  triangle: "M14 2l4 7.5h-8z",
  rect: "M10.8 2.8h6.4v6.4h-6.4z",
  rectRot: "M14 1.5l4.5 4.5l-4.5 4.5l-4.5-4.5z",
};

/** A colour of the style sheet by its name, as it is now. */
function colour(name) {
  return getComputedStyle(root).getPropertyValue("--" + name).trim();
}

function translucent(hexColour, share) {
  return hexColour + Math.round(255 * share).toString(16).padStart(2, "0");
}

/** How the series of this number is drawn. */
function seriesStyle(number) {
  const name = `series-${1 + (number % SERIES_COLOURS)}`;
  return {
    name,
    colour: colour(name),
    shape: SHAPES[number % SHAPES.length],
    dash: number >= SERIES_COLOURS ? [7, 3] : [],
  };
}

/** A piece of line with a point, as in the charts; of a thin line without one for training figures. */
function swatch(number, thin) {
  const style = seriesStyle(number);
  const stroke = `var(--${style.name})`;
  const line = svg("line", { x1: 0, y1: 6, x2: 28, y2: 6, stroke, "stroke-width": thin ? 1.5 : 2 });
  if (thin) {
    line.setAttribute("opacity", 0.6);
  }
  if (style.dash.length) {
    line.setAttribute("stroke-dasharray", style.dash.join(" "));
  }
  const picture = svg("svg", { class: "swatch", width: 28, height: 12, viewBox: "0 0 28 12", "aria-hidden": "true" }, line);
  if (!thin) {
    picture.append(svg("path", { d: SHAPE_PATHS[style.shape], fill: stroke }));
  }
  return picture;
}

/** A filled square for a part of a stack. */
function tile(name) {
  return svg(
    "svg",
    { class: "swatch", width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" },
    svg("rect", { width: 12, height: 12, rx: 2, fill: `var(--${name})` }),
  );
}
