import { type DependencyList, useEffect, useState } from 'react'

/** What came of asking: nothing yet, a value, or the reason why not. The last value stays while the next is on its way. */
export interface Answer<T> {
  readonly value?: T
  readonly error?: unknown
}

/** Asks again whenever `dependencies` change; an answer that came too late is dropped. */
export const useAnswer = <T>(ask: () => Promise<T>, dependencies: DependencyList): Answer<T> => {
  const [answer, setAnswer] = useState<Answer<T>>({})
  useEffect(() => {
    let isCurrent = true
    const put = (next: Answer<T>): void => {
      if (isCurrent) setAnswer(next)
    }
    void ask().then(
      (value) => put({ value }),
      (error: unknown) => put({ error }),
    )
    return () => {
      isCurrent = false
    }
    // The caller says what the question depends on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, dependencies)
  return answer
}
