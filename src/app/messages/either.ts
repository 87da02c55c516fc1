import type { Format } from './format.ts'

/** A list of which one is meant: "wine, winner or winter". */
export const either = ({ locale }: Format, items: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'disjunction' }).format(items)
