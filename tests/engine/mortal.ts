import type { Store } from '../../src/ports/store.ts'

/** A process that ends at one of its calls to the store: before it, or after it and before the answer. From then on nothing happens any more. */
interface Death {
  readonly at: number
  readonly when: 'before' | 'after'
}
/** What a dead process answers. */
export const nothingMore = new Promise<never>(() => undefined)

/** A store whose process dies at one of its calls. */
export const mortal = (store: Store, death: Death): { readonly store: Store; readonly isDead: () => boolean } => {
  let calls = 0
  let isDead = false
  const wrap =
    <Args extends readonly unknown[], T>(method: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (isDead) return nothingMore
      const isLast = calls++ === death.at
      isDead ||= isLast && death.when === 'before'
      if (isDead) return nothingMore
      const answer = await method(...args)
      isDead ||= isLast
      return isDead ? nothingMore : answer
    }
  const wrapped = Object.fromEntries(
    Object.entries(store).map(([name, method]) => [
      name,
      name.startsWith('all') && name !== 'allPending' ? method : wrap(method as () => Promise<unknown>),
    ]),
  ) as unknown as Store
  return { store: { ...wrapped, [Symbol.asyncDispose]: () => Promise.resolve() }, isDead: () => isDead }
}
