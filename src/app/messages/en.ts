import type { Format } from './format.ts'
import { collection } from './en/collection.ts'
import { collections } from './en/collections.ts'
import { form } from './en/form.ts'
import { here } from './en/here.ts'
import { meet } from './en/meet.ts'
import { outgoing } from './en/outgoing.ts'
import { shell } from './en/shell.ts'
import { start } from './en/start.ts'
import { sync } from './en/sync.ts'
import { templates } from './en/templates.ts'
import { thing } from './en/thing.ts'
import { trouble } from './en/trouble.ts'
import { you } from './en/you.ts'

/** All of the app in English. One file per part of the app; a new part adds its file here and in `de.ts`. */
export const english = (format: Format) => ({
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
