import type { Format } from '../format.ts'

/** Who is here now: connected, or heard of through those who are. Never more than they say themselves. */
export const here = (format: Format) => ({
  count: (people: number) => format.plural(people, { one: 'One other here', other: '{n} others here' }),
  byTheFire: (people: number) => format.plural(people, { one: 'other by the fire', other: 'others by the fire' }),
  looking: (title: string) => `Looks at “${title}”.`,
  changing: (title: string, field: string) => `Is changing ${field} of “${title}”.`,
  something: 'Looks at a thing that is not here yet.',
  through: 'Heard of through others.',
  thing: {
    looking: (names: readonly string[]) =>
      names.length === 1 ? `${format.list(names)} looks at this too` : `${format.list(names)} look at this too`,
    changing: (name: string, field: string) => `${name} is changing ${field}`,
  },
  show: 'Show that I am here',
  showText:
    'Whoever has one of your shared collections sees that you are here and which thing is open; whoever is in a group with you sees that you are near its fire. It is kept nowhere, and gone a minute after you leave.',
})
