/** Joins the class names that hold; CSS Modules give `undefined` for names they lack. */
export const classNames = (...names: readonly (string | false | undefined)[]): string =>
  names.filter((name) => name !== false && name !== undefined && name !== '').join(' ')
