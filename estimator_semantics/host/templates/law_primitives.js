// What the law takes from Python and JavaScript has in another way. Whole numbers are BigInt, tuples and lists are arrays, dicts
// are Maps, None is null. The last three functions are those of law/primitives.py.

class Record {
  constructor(...values) {
    const { fields, defaults } = new.target;
    fields.forEach((field, at) => {
      this[field] = at < values.length && values[at] !== undefined ? values[at] : defaults[field];
    });
  }

  _replace(changes) {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, changes);
  }
}

class InvalidPlan extends Error {
  constructor(field, value, code, parameters = new Map(), give = null) {
    super(code);
    Object.assign(this, { field, value, code, parameters, give });
  }
}

const truth = (value) => (Array.isArray(value) ? value.length > 0 : value instanceof Map ? value.size > 0 : Boolean(value));
const isInstance = (value, of) => value instanceof of;
const equal = (one, other) => one === other
  || (one instanceof Record && other instanceof Record && one.constructor === other.constructor
    && one.constructor.fields.every((field) => equal(one[field], other[field])))
  || (one instanceof Map && other instanceof Map && one.size === other.size && [...one].every(([key, value]) => equal(value, other.get(key))))
  || (Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((each, at) => equal(each, other[at])));

const list = (values) => (values instanceof Map ? [...values.keys()] : [...values]);
const len = (values) => BigInt(values.size ?? values.length);
const has = (values, value) => (values instanceof Map ? values.has(value) : values.includes(value));
const at = (values, index) => (values instanceof Map ? values.get(index) : values.at(Number(index)));
const put = (values, index, value) => {
  if (values instanceof Map) values.set(index, value);
  else values[Number(index) < 0 ? values.length + Number(index) : Number(index)] = value;
};
const get = (map, key, otherwise = null) => (map.has(key) ? map.get(key) : otherwise);
const slice = (values, from, to) => values.slice(from === null ? 0 : Number(from), to === null ? undefined : Number(to));
const items = (map) => [...map];
const count = (values, value) => BigInt(values.filter((each) => each === value).length);
const zfill = (text, width) => text.padStart(Number(width), "0");
const range = (...bounds) => {
  const [from, to] = bounds.length === 1 ? [0n, bounds[0]] : bounds;
  return Array.from({ length: from < to ? Number(to - from) : 0 }, (_, more) => from + BigInt(more));
};

const floordiv = (one, other) => (one % other !== 0n && one < 0n !== other < 0n ? one / other - 1n : one / other);
const divmod = (one, other) => [floordiv(one, other), one - floordiv(one, other) * other];
const mod = (one, other) => divmod(one, other)[1];
const least = (one, other) => (compared(other, one) < 0 ? other : one);
const greatest = (one, other) => (compared(other, one) > 0 ? other : one);
const min = (...values) => (values.length === 1 ? values[0] : values).reduce(least);
const max = (...values) => (values.length === 1 ? values[0] : values).reduce(greatest);
const sum = (values) => values.reduce((all, each) => all + each, 0n);
const all = (values) => values.every(truth);
const compared = (one, other) => {
  if (!Array.isArray(one)) return one < other ? -1 : one > other ? 1 : 0;
  const differs = one.findIndex((each, index) => each !== other[index]);
  return differs < 0 ? 0 : compared(one[differs], other[differs]);
};
const sorted = (values, reverse = false) => list(values).sort(reverse ? (one, other) => compared(other, one) : compared);
const int = (text) => BigInt(text.replace("+", ""));

const whole = (value) => (typeof value === "bigint" ? value : null);
const groups = (pattern, text) => {
  const found = new RegExp(`^(?:${pattern})$`).exec(text);
  return found && found.slice(1).map((group) => group ?? null);
};
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
