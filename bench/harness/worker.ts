import { measure } from './measure.ts'
import type { Row } from './subject.ts'
import { loadSubject } from './subjects.ts'

/** What the worker answers. */
export type Answer = { readonly rows: readonly Row[] } | { readonly error: string }

addEventListener('message', async ({ data: name }: MessageEvent<string>) => {
  const answer: Answer = await loadSubject(name)
    .then((subject) => measure(subject, 'worker'))
    .then(
      (rows) => ({ rows }),
      (error: unknown) => ({ error: String(error instanceof Error ? error.stack : error) }),
    )
  postMessage(answer)
})
