// Where a round or an epoch of a run lies on the x axis: by its number, its epoch or the time that the run has taken.

const AXES = { round: "Round", epoch: "Epoch", time: "Time" };

function roundsPerEpoch(run) {
  const { rounds, epochs } = run.setup;
  return rounds > 0 && epochs > 0 ? rounds / epochs : 1;
}

/** All times that are known of a run. */
function timesOf(run) {
  return [run.setup.time, ...run.rounds.time, ...run.epochs.map((epoch) => epoch.time)].filter((time) => time > 0);
}

/** The first time that is known of a run: earlier attempts come before the start that its setup has. */
function originOf(run) {
  return timesOf(run).reduce((least, time) => Math.min(least, time), Infinity);
}

/** Milliseconds between the end of the attempts before and the start of this one. */
function pauseOf(run) {
  const before = timesOf(run).filter((time) => time < run.setup.time);
  return before.length ? run.setup.time - before.reduce((most, time) => Math.max(most, time), 0) : 0;
}

/** How the axis of a kind shows its values. */
function axisOf(kind) {
  if (kind === "time") {
    return {
      title: "time of training",
      tick: wholeDuration,
      text: (point) => "after " + wholeDuration(point.x),
      steps: true,
    };
  }
  if (kind === "epoch") {
    return { title: "epoch", tick: (value) => significant(value, 4), text: (point) => "epoch " + significant(point.x, 4), whole: true };
  }
  return {
    title: "round",
    tick: wholeNumber,
    text: (point) => `round ${wholeNumber(Math.round(point.x))}, epoch ${point.epoch}`,
    whole: true,
  };
}

/** Places of a run on the axis of a kind; null where a time is not known. */
function placesOf(run, kind) {
  const perEpoch = roundsPerEpoch(run);
  const origin = originOf(run);
  const pause = pauseOf(run);
  const since = (time) =>
    time > 0 ? Math.max(0, (time - origin - (time >= run.setup.time ? pause : 0)) / 1000) : null;
  const byRound = (round, time) => (kind === "time" ? since(time) : kind === "epoch" ? round / perEpoch : round);
  return {
    ofRound: byRound,
    ofEpoch: (epoch) => byRound(epoch.epoch * perEpoch, epoch.time),
    ofTime: (time) => (kind === "time" ? since(time) : byRound(roundAt(run, time), time)),
  };
}

/** The round that went on at a time, with its fraction. */
function roundAt(run, time) {
  const { index, time: times } = run.rounds;
  let before = { round: 0, time: originOf(run) };
  for (let i = 0; i < index.length; i++) {
    if (times[i] >= time) {
      const share = times[i] > before.time ? (time - before.time) / (times[i] - before.time) : 1;
      return before.round + Math.max(0, share) * (index[i] - before.round);
    }
    if (times[i] > 0) {
      before = { round: index[i], time: times[i] };
    }
  }
  return before.round;
}

/** Points of a column of the rounds. */
function roundPoints(run, values, places) {
  const points = [];
  values.forEach((y, i) => {
    const x = places.ofRound(run.rounds.index[i], run.rounds.time[i]);
    if (isNumber(y) && isNumber(x)) {
      points.push({ x, y, epoch: run.rounds.epoch[i] });
    }
  });
  return inOrder(points);
}

/** Points of a figure of the epochs. */
function epochPoints(run, figure, places) {
  const points = [];
  for (const epoch of run.epochs) {
    const x = places.ofEpoch(epoch);
    const y = figure(epoch);
    if (isNumber(y) && isNumber(x)) {
      points.push({ x, y, epoch: epoch.epoch, note: "epoch " + epoch.epoch });
    }
  }
  return inOrder(points);
}

/** By x: clocks of a run that went on on another machine may differ. */
function inOrder(points) {
  return points.sort((a, b) => a.x - b.x);
}

/** What happened in a run, as marks on its axis: numbers of the list of mishaps, and where the run went on. */
function marksOf(run, mishaps, kind) {
  const places = placesOf(run, kind);
  const marks = mishaps
    .map((mishap, index) => ({ mishap, label: String(index + 1) }))
    .filter(({ mishap }) => mishap.kind !== "RESUMED" && mishap.time >= run.setup.time && mishap.time <= run.updated)
    .map(({ mishap, label }) => ({ x: places.ofTime(mishap.time), label, colour: "warn" }));
  if (run.setup.resumedRounds > 0) {
    const x = kind === "time" ? places.ofTime(run.setup.time) : places.ofRound(run.setup.resumedRounds, 0);
    marks.push({ x, label: "resumed", colour: "soft" });
  }
  return marks.filter((mark) => isNumber(mark.x)).sort((a, b) => a.x - b.x);
}
