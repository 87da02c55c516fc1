/** Our own mistake. Never thrown for input. */
export class Bug extends Error {
  override readonly name = 'Bug'
}

/** For what cannot happen. Never for input: that returns a `Result`. */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new Bug(`This should be impossible: ${claim}. Please report it.`)
}
