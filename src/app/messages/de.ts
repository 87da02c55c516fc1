import type { Format } from './format.ts'
import type { Messages } from './messages.tsx'
import { collections } from './de/collections.ts'
import { hood } from './de/hood.ts'
import { shell } from './de/shell.ts'
import { start } from './de/start.ts'
import { templates } from './de/templates.ts'
import { trouble } from './de/trouble.ts'
import { you } from './de/you.ts'

/** All of the app in German. */
export const german = (format: Format): Messages => ({
  shell: shell(format),
  trouble: trouble(),
  start: start(format),
  collections: collections(format),
  templates,
  you: you(format),
  hood: hood(format),
})
