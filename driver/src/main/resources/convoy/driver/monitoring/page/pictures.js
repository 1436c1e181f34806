// Test images as the published model classifies them, for a look with one's own eyes.

function picturesSection() {
  const { element, title } = section("test-pictures", "Test images");
  const note = make(
    "p",
    { class: "note" },
    "As the published model classifies them, with the probability of the class. Among at most 2,000 images of each shard.",
  );
  const groups = [
    { of: "WRONG", title: "Wrong, the surest first" },
    { of: "UNSURE", title: "Least sure" },
    { of: "RIGHT", title: "Right, the surest of each class" },
  ].map((group) => ({ ...group, shown: pictureGroup(group.title) }));
  element.append(note, ...groups.map(({ shown }) => shown.element));
  return {
    element,
    update(data, view) {
      const { pictures, setup } = view.run;
      show(element, (pictures || []).length > 0);
      if (element.hidden) {
        return;
      }
      tellRun(title, data, view);
      const nameOf = (label) => setup.classNames[label] ?? `class ${label}`;
      groups.forEach(({ of, shown }) => {
        const ofGroup = pictures.filter(({ group }) => group === of);
        shown.update(
          ofGroup.map(({ label, predicted, probability, image }) => ({
            label: nameOf(predicted),
            actual: nameOf(label),
            probability,
            picture: image,
          })),
        );
      });
    },
  };
}
