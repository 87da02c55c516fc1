import type { Collection } from '../data/collection.ts'
import type { Field } from '../data/field-kind.ts'
import type { Messages } from '../messages/messages.tsx'

/** One line about a field: "Choice of Nesting, Feeding", "Date and time, fills itself with now". */
export const aboutField = (
  field: Field,
  isTitle: boolean,
  collections: readonly Collection[],
  t: Messages['collections'],
): string => {
  const target = collections.find(({ versions }) => versions.some(({ id }) => id === field.target))
  const isLink = field.kind === 'link' || field.kind === 'links' || field.kind === 'exact'
  const kind =
    field.kind === 'choice' && field.options.length > 0
      ? t.about.choiceOf(field.options.map(({ label }) => label))
      : isLink && target !== undefined
        ? t.about.leadsTo(t.kindName(field.kind), target.name)
        : t.kindName(field.kind)
  return t.about.join(kind, [
    ...(isTitle ? [t.about.title] : []),
    ...(field.isRequired && !isTitle ? [t.about.required] : []),
    ...(field.fill === 'now' ? [t.about.fillsNow] : []),
    ...(field.fill === 'here' ? [t.about.fillsHere] : []),
  ])
}
