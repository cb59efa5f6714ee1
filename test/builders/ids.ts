const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `value` in Crockford base 32, `length` characters wide. */
const encode = (value: number, length: number): string => {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = `${alphabet[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
};

/** The ULID number `index` of a test: ascending, the same in every run. `series` keeps sources of one test apart. */
export const testId = (index: number, series = 0): string => encode(1_700_000_000_000 + series, 10) + encode(index, 16);

/** A deterministic source of ULIDs. */
export function createIds(series = 0): () => string {
  let last = 0;
  return () => {
    last += 1;
    return testId(last, series);
  };
}
