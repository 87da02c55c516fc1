const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const parts = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))

/**
 * Whether two values are made of the same parts: numbers and text by value (NaN equals itself), bytes by content, lists by position, objects by name.
 * For the values of `local` rows, which are plain data. Iterative, since their depth is not ours.
 */
export const isSame = (left: unknown, right: unknown): boolean => {
  const pairs: [unknown, unknown][] = [[left, right]]
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair
    if (Object.is(a, b) || (a === 0 && b === 0)) continue
    if (!isObject(a) || !isObject(b) || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
    const ofA = parts(a)
    const ofB = parts(b)
    if (ofA.length !== ofB.length) return false
    for (const [at, [name, value]] of ofA.entries()) {
      if (ofB[at]![0] !== name) return false
      pairs.push([value, ofB[at]![1]])
    }
  }
  return true
}
