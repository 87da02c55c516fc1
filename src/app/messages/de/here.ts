import type { Format } from '../format.ts'
import type { Messages } from '../messages.tsx'

export const here = (format: Format): Messages['here'] => ({
  count: (people) => format.plural(people, { one: 'Noch jemand hier', other: '{n} andere hier' }),
  byTheFire: (people) => format.plural(people, { one: 'noch am Feuer', other: 'andere am Feuer' }),
  looking: (title) => `Sieht sich „${title}“ an.`,
  changing: (title, field) => `Ändert gerade ${field} von „${title}“.`,
  something: 'Sieht sich etwas an, das noch nicht hier ist.',
  through: 'Zu hören über andere.',
  thing: {
    looking: (names) =>
      names.length === 1
        ? `${format.list(names)} sieht sich das auch an`
        : `${format.list(names)} sehen sich das auch an`,
    changing: (name, field) => `${name} ändert gerade ${field}`,
  },
  show: 'Zeigen, dass ich hier bin',
  showText:
    'Wer eine deiner geteilten Sammlungen hat, sieht, dass du hier bist und was offen ist; wer mit dir in einer Gruppe ist, sieht, dass du ihrem Feuer nahe bist. Es wird nirgends aufbewahrt und ist eine Minute, nachdem du gehst, vergessen.',
})
