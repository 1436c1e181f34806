// Pictures with what the model takes them for. The data has none as yet, and the section stays hidden.

function predictionsSection() {
  const { element } = section("predictions", "Predictions");
  return {
    element,
    update() {},
  };
}
