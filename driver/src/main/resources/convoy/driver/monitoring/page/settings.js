// Every setting of the run, and the versions that it runs on.

function settingsSection() {
  const { element, title } = section("settings", "Settings and versions");
  const settings = settingsDetails("Configuration", "Setting");
  const versions = settingsDetails("Versions", "Of");
  element.append(settings.element, versions.element);
  return {
    element,
    update(data, view) {
      show(element, true);
      tellRun(title, data, view);
      settings.update(view.run.setup.configuration || {});
      versions.update(view.run.setup.versions || {});
    },
  };
}

function settingsDetails(title, term) {
  const table = plainTable(title);
  return lazyDetails(title, scrollBox(title, table.element), (values) =>
    table.update(
      [term, "Value"],
      Object.entries(values)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, String(value ?? NOTHING)]),
    ),
  );
}
