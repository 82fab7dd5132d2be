// What every part of the page uses: what was measured, and elements of the document. Text goes into the document as text, never as
// markup.

const content = answers.unpacked(JSON.parse(document.getElementById("content").textContent));
const byId = (id) => document.getElementById(id);
const CLASSES = {
  conforms: "conforms", "deviates as documented": "documented", deviates: "deviates", error: "error", absent: "absent",
};

const TRUTHS = { true: "true", false: "false", depends: "it depends" };

/** Makes an element: its tag, its attributes, and what is in it, elements or text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Text in which `code` is code. */
const prose = (text) =>
  text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part)).filter((part) => part !== "");

const isOfKeras = (release) => release.axis.of === "Keras";
const titleOf = (release) => (isOfKeras(release) ? `Keras ${release.keras} on TensorFlow ${release.tensorflow}` : `TensorFlow ${release.tensorflow}`);

const link = (source, says) => make("a", { href: source, rel: "noopener noreferrer" }, says);
