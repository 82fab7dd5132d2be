// The axes: the releases of TensorFlow, and those of Keras on one of these. One of them is chosen, for two views.

let begin = 0;
for (const axis of content.axes) {
  axis.columns = Array.from({ length: axis.count }, (_, at) => begin + at);
  for (const at of axis.columns) content.releases[at].axis = axis;
  begin += axis.count;
}
let axis = content.axes[0];
const axisChoices = [...document.querySelectorAll("select.axis")];
for (const choice of axisChoices) {
  choice.addEventListener("change", () => {
    choose(content.axes[Number(choice.value)]);
    remember();
    fillShown();
  });
}

function choose(wanted) {
  if (wanted === axis) return;
  axis = wanted;
  for (const choice of axisChoices) choice.value = content.axes.indexOf(axis);
  fillReleases();
  rows = null;
}
