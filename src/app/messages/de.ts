import type { Format } from './format.ts'
import type { Messages } from './messages.tsx'
import { collection } from './de/collection.ts'
import { collections } from './de/collections.ts'
import { form } from './de/form.ts'
import { here } from './de/here.ts'
import { meet } from './de/meet.ts'
import { outgoing } from './de/outgoing.ts'
import { shell } from './de/shell.ts'
import { start } from './de/start.ts'
import { sync } from './de/sync.ts'
import { templates } from './de/templates.ts'
import { thing } from './de/thing.ts'
import { trouble } from './de/trouble.ts'
import { you } from './de/you.ts'

/** All of the app in German. */
export const german = (format: Format): Messages => ({
  shell: shell(format),
  trouble: trouble(),
  start: start(format),
  sync: sync(format),
  collections: collections(format),
  collection: collection(format),
  form: form(format),
  thing: thing(format),
  templates,
  you: you(format),
  here: here(format),
  meet: meet(),
  outgoing: outgoing(format),
})
